using Signalbox.Diagnostics;

namespace Signalbox.Cli.Tools;

/// <summary>What can be wrong with the tools of a machine.</summary>
internal static class ToolRules
{
    public static Rule Missing { get; } = new("SB4101", Severity.Error, "A tool is missing");

    public static Rule WrongVersion { get; } = new("SB4102", Severity.Error, "A tool has the wrong version");

    public static Diagnostic Explain(ToolState state) => state.Version is { } version
        ? WrongVersion.Without($"`{state.Tool.Name}` {version} is {state.Objection}; it is needed for {state.Tool.Purpose}", state.Tool.Advice)
        : Missing.Without($"`{state.Tool.Name}` is missing; it is needed for {state.Tool.Purpose}", state.Tool.Advice);
}
