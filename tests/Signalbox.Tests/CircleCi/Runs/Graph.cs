using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>Workflows as a test writes them down.</summary>
internal static class Graph
{
    public static readonly TerminalStatus[] Terminal = Enum.GetValues<TerminalStatus>();

    public static CompiledWorkflow Of(params WorkflowJob[] jobs) => new() { Name = "deliver", Jobs = [.. jobs] };

    /// <param name="command">What <see cref="ScriptedJobs"/> does for the job's only step.</param>
    public static WorkflowJob Build(string name, string command = "ok", params Requirement[] requires) => new()
    {
        Name = name,
        Kind = JobKind.Build,
        Requires = [.. requires],
        Body = new JobBody { Executor = new JobExecutor.Machine("default"), Steps = [new Step.Run(command) { Title = command }] },
    };

    public static WorkflowJob Hold(string name, params Requirement[] requires) => Passing(name, JobKind.Approval, requires);

    public static WorkflowJob Passing(string name, JobKind kind, params Requirement[] requires) => new() { Name = name, Kind = kind, Requires = [.. requires] };

    public static WorkflowJob Gate(string name, JobKind kind, string group, params Requirement[] requires) => Passing(name, kind, requires) with { SerialGroup = group };

    public static Requirement On(string job, params TerminalStatus[] statuses) =>
        new(job, statuses is [] ? [TerminalStatus.Success] : [.. statuses]);

    public static RunOrigin Origin(int pipelineNumber = 1) => Origin(RunId.New(), pipelineNumber);

    public static RunOrigin Origin(RunId id, int pipelineNumber = 1) => new()
    {
        Id = id,
        Number = 1,
        Pipeline = Guid.NewGuid(),
        PipelineNumber = pipelineNumber,
        Workflow = "deliver",
        Workspace = id,
        StartedBy = "ada",
        Source = new JobSource("/repository", "4f2c1a0", "main", Tag: null, WithUncommitted: false),
    };
}
