using Signalbox.Diagnostics;

namespace Signalbox.Sandbox;

/// <summary>What was found when the sandbox was looked at; never what a file merely says.</summary>
public abstract record SandboxStatus
{
    private SandboxStatus() { }

    /// <summary>Nobody started one, or it was taken down.</summary>
    public sealed record Down : SandboxStatus;

    /// <summary>It was started and its process is gone, with the account.</summary>
    public sealed record Dead(int ProcessId) : SandboxStatus;

    /// <summary>Its process lives and does not listen yet.</summary>
    public sealed record Starting(int ProcessId) : SandboxStatus;

    /// <summary>Its process lives and does not answer.</summary>
    public sealed record Silent(int ProcessId) : SandboxStatus;

    public sealed record Up(RunningSandbox Sandbox) : SandboxStatus;
}

/// <summary>Why there is no sandbox to work in, each with the command that mends it.</summary>
internal static class SandboxAbsence
{
    public static readonly Rule NotRunning = new("SB5101", Severity.Error, "the sandbox is not running");
    public static readonly Rule Died = new("SB5102", Severity.Error, "the sandbox's emulator has died");
    public static readonly Rule DoesNotAnswer = new("SB5103", Severity.Error, "the sandbox's emulator does not answer");

    public static Diagnostic Of(SandboxStatus status) => status switch
    {
        SandboxStatus.Dead dead => Died.Without(
            $"the sandbox's emulator (pid {dead.ProcessId}) has died, and its account is gone",
            "run `signalbox sandbox up` for an empty one, or `signalbox sandbox up --from-snapshot` for a recorded one"),
        SandboxStatus.Silent silent => DoesNotAnswer.Without(
            $"the sandbox's emulator (pid {silent.ProcessId}) is alive and does not answer",
            "run `signalbox sandbox reset` for an empty account"),
        SandboxStatus.Starting starting => NotRunning.Without(
            $"the sandbox's emulator (pid {starting.ProcessId}) is still starting",
            "run `signalbox sandbox up`, which waits for it"),
        _ => NotRunning.Without("the sandbox is not running", "run `signalbox sandbox up`"),
    };
}
