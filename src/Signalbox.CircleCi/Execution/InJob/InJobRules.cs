using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.InJob;

/// <summary>What can be wrong with a call of `circleci` inside a job.</summary>
public static class InJobRules
{
    public static Rule BadCall { get; } = new("SB1520", Severity.Error, "A step calls `circleci` in a way it does not know");

    public static Rule NoPlugin { get; } = new("SB1521", Severity.Error, "A step runs a plugin that is not on this machine");

    public static Rule NoToken { get; } = new("SB1522", Severity.Error, "A step asks CircleCI for a token");
}
