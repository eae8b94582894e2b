using Signalbox.CircleCi.Execution.Jobs;

namespace Signalbox.CircleCi.Execution.Steps;

/// <summary>How one step ended.</summary>
/// <param name="Problem">Why, as the end of a sentence that begins with the step; null unless it failed.</param>
internal sealed record StepResult(StepStatus Status, int? ExitCode = null, string? Problem = null)
{
    public static StepResult Success { get; } = new(StepStatus.Success);

    public static StepResult Canceled { get; } = new(StepStatus.Canceled);

    public static StepResult Failed(string problem, int? exitCode = null) => new(StepStatus.Failed, exitCode, problem);
}
