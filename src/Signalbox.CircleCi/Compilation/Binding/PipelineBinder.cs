using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Binding;

/// <summary>
/// Turns a compiled document into what the engine executes. The document may be our compiler's or CircleCI's own, so
/// whatever is wrong with it is said, all at once; `filters` are not looked at, because they were decided before.
/// </summary>
public static class PipelineBinder
{
    public static Outcome<CompiledPipeline> Bind(CompiledDocument document)
    {
        var problems = new Problems();
        var workflows = new WorkflowBinder(document.Jobs, new BoundValues(problems));
        var bound = document.Workflows.Select(workflows.Bind).ToArray();
        return problems.Conclude(() => new CompiledPipeline([.. bound.OfType<CompiledWorkflow>()]));
    }
}
