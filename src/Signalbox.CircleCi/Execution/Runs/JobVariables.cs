using Signalbox.CircleCi.Compilation;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>What people gave: the variables of the project and of its contexts. Their values are secret and never journalled.</summary>
public sealed record VariableSources
{
    public ValueList<Variable> Project { get; init; } = [];

    public IReadOnlyDictionary<string, ValueList<Variable>> Contexts { get; init; } =
        new Dictionary<string, ValueList<Variable>>(StringComparer.Ordinal);

    /// <summary>By context: the variables that it must have and that nobody gave a value.</summary>
    public IReadOnlyDictionary<string, ValueList<string>> Missing { get; init; } =
        new Dictionary<string, ValueList<string>>(StringComparer.Ordinal);

    /// <summary>What the engine itself adds to every job, such as where its API listens.</summary>
    public Func<ValueList<Variable>> OfTheEngine { get; init; } = () => [];

    /// <summary>Values of <see cref="OfTheEngine"/> that must not be shown.</summary>
    public ValueList<string> EngineSecrets { get; init; } = [];
}

/// <summary>What a job's environment begins with (security guide, "Order of precedence").</summary>
internal static class JobVariables
{
    private const int ShortestSecret = 4;

    /// <summary>Built-in variables win over contexts, a later context over an earlier one, contexts over the project.</summary>
    public static ValueList<Variable> Merge(VariableSources sources, ValueList<string> contexts, IEnumerable<Variable> builtIn)
    {
        var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in Given(sources, contexts).Concat(sources.OfTheEngine()).Concat(builtIn))
            merged[variable.Name] = variable.Value;
        return [.. merged.Select(pair => new Variable(pair.Key, pair.Value))];
    }

    /// <summary>Values of project and context variables are masked, but for short ones and plain booleans (secrets masking).</summary>
    public static ValueList<string> Secrets(VariableSources sources, ValueList<string> contexts) =>
    [
        .. Given(sources, contexts).Select(variable => variable.Value)
            .Where(value => value.Length >= ShortestSecret && value is not ("true" or "True" or "false" or "False"))
            .Concat(sources.EngineSecrets)
            .Distinct(StringComparer.Ordinal),
    ];

    private static IEnumerable<Variable> Given(VariableSources sources, ValueList<string> contexts) =>
        sources.Project.Concat(contexts.SelectMany(name => sources.Contexts.TryGetValue(name, out var variables) ? variables : []));
}
