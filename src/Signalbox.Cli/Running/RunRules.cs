using Signalbox.Diagnostics;

namespace Signalbox.Cli.Running;

/// <summary>What can be wrong with asking for runs.</summary>
internal static class RunRules
{
    public static readonly Rule NoConfig = new("SB6001", Severity.Error, "There is no pipeline config");
    public static readonly Rule NoCommit = new("SB6002", Severity.Error, "There is no commit to run");
    public static readonly Rule NoSuchRun = new("SB6010", Severity.Error, "There is no such run");
    public static readonly Rule AmbiguousRun = new("SB6011", Severity.Error, "More than one run is meant");
    public static readonly Rule NoSuchJob = new("SB6012", Severity.Error, "The run has no such job");
    public static readonly Rule NotOnHold = new("SB6013", Severity.Error, "The job does not wait for an approval");
    public static readonly Rule RunIsOver = new("SB6014", Severity.Error, "The run is over");
    public static readonly Rule RunIsAlive = new("SB6015", Severity.Error, "Another process drives the run");
    public static readonly Rule NoAnswer = new("SB6016", Severity.Error, "The engine refused, or did not answer");
    public static readonly Rule NothingFailed = new("SB6017", Severity.Error, "Nothing in the run failed");
    public static readonly Rule NoLog = new("SB6018", Severity.Error, "There is no such output");
}
