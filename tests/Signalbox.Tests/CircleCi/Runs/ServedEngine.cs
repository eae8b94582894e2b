using System.Net.Http.Json;
using System.Text.Json;
using Signalbox.CircleCi.Api;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Pipelines;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>An engine that serves the API. Its config is a graph of the test; a pipeline executes it.</summary>
internal sealed class ServedEngine : IPipelineStarter, IWorkflowSource, IAsyncDisposable
{
    public const string Token = "0123456789abcdef";
    public const string ReaderToken = "fedcba9876543210";

    private readonly RunningEngine _engine;
    private readonly CompiledWorkflow _workflow;
    private readonly PipelineStore _store;
    private ApiServer _server = null!;

    private ServedEngine(RunningEngine engine, CompiledWorkflow workflow)
    {
        (_engine, _workflow) = (engine, workflow);
        _store = new PipelineStore(engine.Engine.Folders);
        Dispatcher = new Dispatcher(engine.Engine, this, CancellationToken.None) { StaysOnHold = true };
    }

    public Dispatcher Dispatcher { get; }

    public RunningEngine Engine => _engine;

    public Uri Address => _server.Address;

    public HttpClient Http { get; private set; } = null!;

    public static async Task<ServedEngine> Start(CompiledWorkflow workflow)
    {
        var served = new ServedEngine(await RunningEngine.Start(), workflow);
        var context = new ApiContext { Dispatcher = served.Dispatcher, Pipelines = served._store, Starter = served, Person = "ada", Clock = TimeProvider.System };
        served._server = await ApiServer.Start(context, new ApiTokens(Token, ReaderToken), port: 0, RunningEngine.Cancellation);
        served.Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = served._server.Address };
        served.Http.DefaultRequestHeaders.Add("Circle-Token", Token);
        return served;
    }

    public async Task<Outcome<PipelineRecord>> Start(PipelineRequest request, CancellationToken cancellation)
    {
        var origin = Graph.Origin(await _engine.Engine.Journal.NextPipelineNumber(cancellation));
        var pipeline = new PipelineRecord
        {
            Id = origin.Pipeline,
            Number = origin.PipelineNumber,
            CreatedAt = DateTimeOffset.UnixEpoch,
            StartedBy = request.StartedBy,
            Source = origin.Source,
            Parameters = request.Parameters,
            ConfigPath = ".circleci/config.yml",
        };
        await _store.Keep(pipeline, "the source", "the compiled text", cancellation);
        await Dispatcher.Start(origin with { StartedBy = request.StartedBy, Number = await _engine.Engine.Journal.NextRunNumber(cancellation) }, _workflow, cancellation);
        return pipeline;
    }

    public Task<Outcome<PipelineRecord>> Continue(PipelineRecord pipeline, string config, IReadOnlyDictionary<string, JsonElement> parameters, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Outcome<CompiledWorkflow>> Find(RunOrigin run, CancellationToken cancellation) => Task.FromResult<Outcome<CompiledWorkflow>>(_workflow);

    public async Task<JsonElement> Get(string path) => await Http.GetFromJsonAsync<JsonElement>(path, RunningEngine.Cancellation);

    public async Task<JsonElement> Post(string path, string body = "{}")
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(path, content, RunningEngine.Cancellation);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(RunningEngine.Cancellation);
    }

    /// <summary>Starts a pipeline and gives the id of its workflow.</summary>
    public async Task<string> StartPipeline()
    {
        var pipeline = await Post("/api/v2/project/gh/lever/frame/pipeline", """{"branch":"main","parameters":{"deploy":true}}""");
        var workflows = await Get($"/api/v2/pipeline/{pipeline.GetProperty("id").GetString()}/workflow");
        return workflows.GetProperty("items")[0].GetProperty("id").GetString()!;
    }

    /// <summary>Waits until the workflow is in a state.</summary>
    public async Task<JsonElement> Until(string workflow, string status)
    {
        while (true)
        {
            var found = await Get($"/api/v2/workflow/{workflow}");
            if (found.GetProperty("status").GetString() == status)
                return found;
            await Task.Yield();
            RunningEngine.Cancellation.ThrowIfCancellationRequested();
        }
    }

    public async Task<JsonElement> Job(string workflow, string name) =>
        (await Get($"/api/v2/workflow/{workflow}/job")).GetProperty("items").EnumerateArray().First(job => job.GetProperty("name").GetString() == name);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        _engine.Dispose();
    }
}
