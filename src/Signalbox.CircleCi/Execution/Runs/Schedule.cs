using Signalbox.CircleCi.Compilation;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>What must happen next, decided from the state alone. Applying the decisions and asking again reaches an end.</summary>
internal abstract record Decision
{
    private Decision() { }

    public required PlannedJob Job { get; init; }

    /// <summary>Everything it requires is there: let it wait for its turn.</summary>
    public sealed record Queue : Decision;

    /// <summary>Ask a person.</summary>
    public sealed record Hold : Decision;

    /// <summary>A hold that the person approved beforehand.</summary>
    public sealed record Pass : Decision;

    public sealed record End(TerminalStatus Status, string Reason) : Decision;
}

internal static class Schedule
{
    public static IEnumerable<Decision> Next(RunState run)
    {
        foreach (var planned in run.Plan)
        {
            var job = run[planned.Name];
            if (job.Phase is JobPhase.Ended or JobPhase.Running)
                continue;
            if (run.CanceledBy is not null || job.IsCancelAsked)
                yield return new Decision.End(TerminalStatus.Canceled, $"canceled by {run.CanceledBy ?? "a person"}") { Job = planned };
            else if (job.Phase == JobPhase.OnHold && run.Origin.Approves(planned.Name))
                yield return new Decision.Pass { Job = planned };
            else if (job.Phase == JobPhase.Blocked && Requirements.Of(run, planned) is not Readiness.Waiting and var readiness)
                yield return Decide(run, planned, readiness);
        }
    }

    private static Decision Decide(RunState run, PlannedJob job, Readiness readiness) => (readiness, job.Kind) switch
    {
        (Readiness.Impossible, _) => new Decision.End(TerminalStatus.NotRun, Requirements.WhyImpossible(run, job)) { Job = job },
        (_, JobKind.Approval) => new Decision.Hold { Job = job },
        _ => new Decision.Queue { Job = job },
    };
}
