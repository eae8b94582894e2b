using System.Text.Json;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>What an order comes to: its config compiled and its workflows chosen. Nothing is written down or started.</summary>
public sealed class OrderedPipeline
{
    private OrderedPipeline(PipelineRecord record, WorkflowChoice chosen) => (Record, Chosen) = (record, chosen);

    /// <summary>The parameters of the order, and those that select its workflow.</summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters => Chosen.Parameters;

    internal PipelineRecord Record { get; }

    internal WorkflowChoice Chosen { get; }

    /// <param name="number">The pipeline's, which configs can read.</param>
    public static async Task<Outcome<OrderedPipeline>> Of(PipelineOrder order, int number, ProjectIdentity project, DateTimeOffset now, CancellationToken cancellation)
    {
        var pipeline = new PipelineRecord
        {
            Id = Guid.NewGuid(),
            Number = number,
            CreatedAt = now,
            StartedBy = order.StartedBy,
            Source = order.Source,
            Subject = order.Git.Subject,
            Parameters = order.Parameters,
            Values = order.Values,
            ConfigPath = order.Config.Path,
        };
        Task<Outcome<CompiledConfig>> Compile(PipelineRecord record) => ConfigCompilation.Compile(order.Config, record, order.Git, project, cancellation);
        return (await Compile(pipeline)).Succeeded(out var config, out var problems)
            && (await WorkflowChoice.Of(order, config, parameters => Compile(pipeline with { Parameters = parameters }))).Succeeded(out var chosen, out problems)
            ? new OrderedPipeline(pipeline with { Parameters = chosen.Parameters }, chosen)
            : new Outcome<OrderedPipeline>.Failure(problems);
    }
}
