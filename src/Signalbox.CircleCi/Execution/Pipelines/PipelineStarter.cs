using System.Security.Cryptography;
using System.Text.Json;
using Signalbox.CircleCi.Api;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>Makes pipelines: compiles the config, checks what it needs, writes everything down, and starts its workflows.</summary>
/// <param name="orderOf">What an order by API means in this checkout.</param>
public sealed class PipelineStarter(
    Dispatcher dispatcher,
    PipelineStore store,
    VariableSources variables,
    Func<PipelineRequest, CancellationToken, Task<Outcome<PipelineOrder>>> orderOf,
    TimeProvider clock) : IPipelineStarter
{
    public async Task<Outcome<PipelineRecord>> Start(PipelineRequest request, CancellationToken cancellation)
    {
        if (!(await orderOf(request, cancellation)).Succeeded(out var order, out var problems)
            || !(await Start(order, cancellation)).Succeeded(out var started, out problems))
        {
            return new Outcome<PipelineRecord>.Failure(problems);
        }

        return started.Pipeline;
    }

    public async Task<Outcome<StartedPipeline>> Start(PipelineOrder order, CancellationToken cancellation)
    {
        var number = await dispatcher.Engine.Journal.NextPipelineNumber(cancellation);
        if (!(await OrderedPipeline.Of(order, number, dispatcher.Engine.Project, clock.GetUtcNow(), cancellation)).Succeeded(out var ordered, out var problems))
            return new Outcome<StartedPipeline>.Failure(problems);

        var chosen = ordered.Chosen;
        if (ContextProblems(chosen.Workflows) is { Count: > 0 } missing)
            return new Outcome<StartedPipeline>.Failure(missing);
        var pipeline = ordered.Record with
        {
            State = chosen.Config.IsSetup ? PipelineState.Setup : PipelineState.Created,
            ContinuationKey = chosen.Config.IsSetup ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) : null,
        };
        await store.Keep(pipeline, order.Config.Text, chosen.Config.Text, cancellation);
        return new StartedPipeline(pipeline, await StartAll(pipeline, order, chosen.Workflows, cancellation), chosen.Config.Warnings);
    }

    public async Task<Outcome<PipelineRecord>> Continue(PipelineRecord pipeline, string config, IReadOnlyDictionary<string, JsonElement> parameters, CancellationToken cancellation)
    {
        if (!(await orderOf(new PipelineRequest(Branch: null, Tag: null, parameters, pipeline.StartedBy), cancellation)).Succeeded(out var order, out var problems))
            return new Outcome<PipelineRecord>.Failure(problems);
        var text = new SourceText("continued config", config);
        order = order with { Config = text, Source = pipeline.Source, Parameters = parameters };
        var continued = pipeline with { State = PipelineState.Created, ContinuationKey = null, Parameters = parameters };
        if (!(await ConfigCompilation.Compile(text, continued, order.Git, dispatcher.Engine.Project, cancellation)).Succeeded(out var compiled, out problems))
        {
            return new Outcome<PipelineRecord>.Failure(problems);
        }

        if (Refusals(compiled) is { Count: > 0 } refusals)
            return new Outcome<PipelineRecord>.Failure(refusals);
        await store.Keep(continued, config, compiled.Text, cancellation);
        await StartAll(continued, order, [.. compiled.Pipeline.Workflows.Where(workflow => workflow.Jobs.Count > 0)], cancellation);
        return continued;
    }

    private ValueList<Diagnostic> Refusals(CompiledConfig config) => config.IsSetup
        ? [WorkflowChoice.SetupAgain.Without("the config that continues a setup is a setup config itself", "remove `setup: true` from it")]
        : ContextProblems(config.Pipeline.Workflows);

    private ValueList<Diagnostic> ContextProblems(ValueList<CompiledWorkflow> workflows) =>
        [.. workflows.SelectMany(workflow => ContextCheck.Of(workflow, variables))];

    private async Task<ValueList<RunState>> StartAll(PipelineRecord pipeline, PipelineOrder order, ValueList<CompiledWorkflow> workflows, CancellationToken cancellation)
    {
        var runs = new List<RunState>();
        foreach (var workflow in workflows)
        {
            var id = RunId.New();
            var origin = new RunOrigin
            {
                Id = id,
                Number = await dispatcher.Engine.Journal.NextRunNumber(cancellation),
                Pipeline = pipeline.Id,
                PipelineNumber = pipeline.Number,
                Workflow = workflow.Name,
                Workspace = id,
                StartedBy = order.StartedBy,
                Source = order.Source,
                Policy = order.Policy,
                ApprovedBeforehand = order.Approved,
                ApprovesAll = order.ApprovesAll,
                ContinuationKey = pipeline.ContinuationKey,
            };
            runs.Add(await dispatcher.Start(origin, workflow, cancellation));
        }

        return [.. runs];
    }
}
