using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Signalbox.CircleCi.Execution.Pipelines;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Api;

/// <summary>What the API answers from, and acts through.</summary>
public sealed record ApiContext
{
    public required Dispatcher Dispatcher { get; init; }

    public required PipelineStore Pipelines { get; init; }

    public required IPipelineStarter Starter { get; init; }

    /// <summary>Who the token belongs to: the person who started the engine.</summary>
    public required string Person { get; init; }

    public required TimeProvider Clock { get; init; }

    public Engine Engine => Dispatcher.Engine;

    /// <summary>The API names people by id only; `/user/ID` says who that is.</summary>
    public static Guid IdOf(string person) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"person {person}")).AsSpan(0, 16));

    /// <summary>The run of an id, or null.</summary>
    internal async Task<RunState?> Run(string id, CancellationToken cancellation) =>
        RunId.Parse(id) is { } run ? Engine.Driven(run)?.State ?? await Engine.Journal.Load(run, cancellation) : null;
}

/// <summary>Compiles a config and starts the workflows that it keeps.</summary>
public interface IPipelineStarter
{
    Task<Outcome<PipelineRecord>> Start(PipelineRequest request, CancellationToken cancellation);

    /// <summary>Goes on with a pipeline whose setup config ran (dynamic configuration).</summary>
    /// <param name="config">The text that takes the setup config's place.</param>
    Task<Outcome<PipelineRecord>> Continue(PipelineRecord pipeline, string config, IReadOnlyDictionary<string, JsonElement> parameters, CancellationToken cancellation);
}

/// <summary>What `POST …/pipeline` asks for.</summary>
/// <param name="Branch">Null means what is checked out.</param>
public sealed record PipelineRequest(string? Branch, string? Tag, IReadOnlyDictionary<string, JsonElement> Parameters, string StartedBy);
