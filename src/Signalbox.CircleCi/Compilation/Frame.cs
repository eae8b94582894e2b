using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation;

/// <summary>Where a piece of config is compiled: whose names it sees and what its references stand for. Scopes are lexical.</summary>
/// <param name="Elements">The commands, jobs, executors and orbs that a name means here.</param>
internal sealed record Frame(ElementScope Elements)
{
    /// <summary>What `parameters.NAME` stands for; null where no element declares any.</summary>
    public IReadOnlyDictionary<string, BoundValue>? Arguments { get; init; }

    /// <summary>What `matrix.NAME` stands for.</summary>
    public IReadOnlyDictionary<string, BoundValue>? Matrix { get; init; }

    public CallChain? Calls { get; init; }

    /// <summary>Nothing is a reference: version 2.0 has none.</summary>
    public bool IsLiteral { get; init; }

    public Frame Calling(string kind, string name, object? element = null) => this with { Calls = new CallChain(Calls, kind, name, element) };
}

/// <summary>The value of a parameter.</summary>
/// <param name="Node">For steps, already compiled where they were written.</param>
/// <param name="Origin">Where an executor's name was written and means something.</param>
internal sealed record BoundValue(YamlNode Node, ElementScope Origin);
