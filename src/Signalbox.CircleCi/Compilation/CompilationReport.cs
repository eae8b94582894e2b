using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation;

/// <summary>What compiling found wrong. A body that is compiled many times says the same thing once.</summary>
internal sealed class CompilationReport(Problems problems)
{
    private const int MostProblems = 500;

    private static readonly Rule TooLarge = new("SB1026", Severity.Error, "The compiled config would be too large");

    private readonly HashSet<(string Code, SourceText Source, Span Span, string Message)> _said = [];
    private long _spent;

    /// <summary>How much the compiled document may weigh: nodes, and a hundredth of its characters.</summary>
    private const long MostWeight = 2_000_000;

    /// <summary>Compiling goes no further; why was reported.</summary>
    public bool IsExhausted { get; private set; }

    public bool HasErrors => problems.HasErrors;

    public void Add(Rule rule, YamlNode at, string message, string? hint = null, CallChain? calls = null) =>
        Add(rule, at.Source, at.Span, message, hint, calls);

    public void Add(Rule rule, SourceText source, Span span, string message, string? hint = null, CallChain? calls = null)
    {
        if (_said.Count == MostProblems || !_said.Add((rule.Code, source, span, message)))
            return;
        problems.Add(rule.At(source, span, calls is null ? message : $"{message} ({calls.Told})", hint));
    }

    /// <summary>Counts what was made; beyond the limit nothing more is made, however small the config that asks for it.</summary>
    public void Spend(YamlNode at, long nodes, long characters = 0)
    {
        _spent += nodes + (characters / 100);
        if (_spent <= MostWeight || IsExhausted)
            return;
        IsExhausted = true;
        Add(TooLarge, at, "compiling stops here: what this config stands for is too large", "invoke less from commands that invoke commands, and shrink the matrices");
    }
}

/// <summary>Who called whom until here, innermost last.</summary>
/// <param name="Kind">`workflow`, `job`, `command` or `executor`.</param>
/// <param name="Element">What is being compiled, to find a call of itself.</param>
internal sealed record CallChain(CallChain? Caller, string Kind, string Name, object? Element)
{
    public int Depth { get; } = (Caller?.Depth ?? 0) + 1;

    public string Told => Caller is null ? $"calling {Kind} '{Name}'" : $"{Caller.Told}, {Kind} '{Name}'";

    public bool Holds(object element)
    {
        for (var call = this; call is not null; call = call.Caller)
        {
            if (ReferenceEquals(call.Element, element))
                return true;
        }

        return false;
    }
}
