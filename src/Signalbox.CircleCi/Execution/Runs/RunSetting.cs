using Signalbox.CircleCi.Execution.Jobs;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>What every run of one process works with.</summary>
public sealed record RunSetting
{
    public required RunJournal Journal { get; init; }

    public required RunFolders Folders { get; init; }

    public required SerialGroups SerialGroups { get; init; }

    public required IJobRunner Runner { get; init; }

    /// <summary>How many nodes may run at once, over all runs of this process.</summary>
    public required SemaphoreSlim FreePlaces { get; init; }

    public required ProjectIdentity Project { get; init; }

    public required VariableSources Variables { get; init; }

    public required TimeProvider Clock { get; init; }
}

/// <summary>Who wants to hear of runs while they live. Called in order, and must not wait.</summary>
public interface IRunListener
{
    /// <summary>It is on the disk already.</summary>
    void Happened(RunState after, RunEvent happened);

    /// <summary>The newest line of a running step; never journalled.</summary>
    void Said(RunState run, string job, int node, JobEvent.StepOutput output);
}
