using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation;

/// <summary>One step of a compiled job (configuration reference, "steps").</summary>
public abstract record Step
{
    private Step() { }

    /// <summary>What people see: the `name` given, or the command's first line, or the step's own title such as `Saving Cache`.</summary>
    public required string Title { get; init; }

    public StepCondition When { get; init; } = StepCondition.OnSuccess;

    public sealed record Run(string Command) : Step
    {
        public string? Shell { get; init; }

        public ValueList<Variable> Environment { get; init; } = [];

        public string? WorkingDirectory { get; init; }

        public bool IsBackground { get; init; }

        /// <summary>How long the step may be silent.</summary>
        public TimeSpan NoOutputTimeout { get; init; } = TimeSpan.FromMinutes(10);

        /// <summary>How often the step is tried again when it fails, 0 to 5.</summary>
        public int AutomaticReruns { get; init; }

        public TimeSpan RerunDelay { get; init; }

        /// <summary>The deprecated `deploy` step: node 0 only.</summary>
        public bool IsDeploy { get; init; }
    }

    /// <param name="Method">`blobless`, `full` or `shallow`.</param>
    /// <param name="Depth">With `shallow` only.</param>
    public sealed record Checkout(string Path, string Method, int? Depth) : Step;

    public sealed record SaveCache(string Key, ValueList<string> Paths) : Step;

    /// <param name="Keys">`key`, if given, comes first.</param>
    public sealed record RestoreCache(ValueList<string> Keys) : Step;

    public sealed record PersistToWorkspace(string Root, ValueList<string> Paths) : Step;

    public sealed record AttachWorkspace(string At) : Step;

    public sealed record StoreArtifacts(string Path, string? Destination) : Step;

    public sealed record StoreTestResults(string Path) : Step;

    public sealed record SetupRemoteDocker(string? Version) : Step;

    /// <param name="Fingerprints">Empty means every key.</param>
    public sealed record AddSshKeys(ValueList<string> Fingerprints) : Step;

    public sealed record InstallSigningBundle : Step;

    /// <summary>A step that this engine does not know; it says so and does not fail the job.</summary>
    public sealed record Unknown(string Name) : Step;
}

public enum StepCondition
{
    OnSuccess,
    OnFail,
    Always,
}
