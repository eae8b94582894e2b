using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>Finds the workflow of a journalled run in the compiled config that its pipeline kept.</summary>
public sealed class StoredWorkflows(PipelineStore store) : IWorkflowSource
{
    private static readonly Rule Lost = new("SB6019", Severity.Error, "The run's config cannot be found again");

    public async Task<Outcome<CompiledWorkflow>> Find(RunOrigin run, CancellationToken cancellation)
    {
        if (await store.Find(run.Pipeline, cancellation) is null)
            return Lost.Without($"the pipeline of run {run.Number} was deleted from the state folder", "start a new run");
        if (!ConfigCompilation.Read(await store.Compiled(run.Pipeline, cancellation)).Succeeded(out var compiled, out var problems))
            return new Outcome<CompiledWorkflow>.Failure(problems);
        return compiled.Workflows.FirstOrDefault(workflow => workflow.Name == run.Workflow) is { } workflow
            ? workflow
            : Lost.Without($"the pipeline of run {run.Number} has no workflow {Culprit.Quote(run.Workflow)} any more", "start a new run");
    }
}
