using Signalbox.CircleCi.Api;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Pipelines;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;
using Signalbox.Journal;
using Signalbox.Processes;

namespace Signalbox.Cli.Running;

/// <summary>The engine of this process, open on the repository that the program was started in, with its API listening.</summary>
internal sealed class RunSession : IAsyncDisposable
{
    private readonly ApiServer _api;

    private RunSession(Invocation invocation, Dispatcher dispatcher, PipelineStarter starter, CheckoutOrders orders, GitFacts git, ApiServer api) =>
        (Invocation, Dispatcher, Starter, Orders, Git, _api) = (invocation, dispatcher, starter, orders, git, api);

    public Invocation Invocation { get; }

    public Dispatcher Dispatcher { get; }

    public PipelineStarter Starter { get; }

    public CheckoutOrders Orders { get; }

    public GitFacts Git { get; }

    public Engine Engine => Dispatcher.Engine;

    public Uri Address => _api.Address;

    public string Person => PersonOf(Invocation, Git);

    public static RunFolders Folders(Invocation invocation) => RunFolders.Of(StateFolder.Of(invocation).Path, invocation.Variables);

    /// <summary>Opens the journal for looking only; null when nothing ever ran here.</summary>
    public static async Task<EventJournal?> Look(Invocation invocation, CancellationToken cancellation) =>
        File.Exists(Folders(invocation).Journal) ? await EventJournal.Open(Folders(invocation).Journal, cancellation) : null;

    public static async Task<Outcome<RunSession>> Open(Invocation invocation, SessionOptions options, CancellationToken cancellation)
    {
        var repository = Repository.Root(invocation.Folder);
        var state = StateFolder.Of(invocation).Make();
        var runner = new ProcessRunner(invocation.Clock);
        if (await GitFacts.Read(repository, invocation.Variables, runner, cancellation) is not { } git)
            return RunRules.NoCommit.Without($"{repository} is no git repository with a commit", "a run checks a commit out: `git init && git add . && git commit`");
        if (!(await VariableFiles.Read(state.Path, repository, invocation.Variables, cancellation)).Succeeded(out var variables, out var problems))
            return new Outcome<RunSession>.Failure(problems);

        var folders = Folders(invocation);
        var tokens = ApiTokens.Of(await EngineAddress.Token(folders, cancellation));
        var port = new LatePort();
        variables = variables with
        {
            OfTheEngine = () => [.. Passed(invocation, folders), new("SIGNALBOX_API_URL", port.Address), new("SIGNALBOX_API_TOKEN", tokens.Reader)],
            EngineSecrets = [tokens.Owner, tokens.Reader],
        };
        var engine = await Engine.Open(
            new EngineOptions
            {
                Folders = folders,
                Project = ProjectIdentity.Of(git.RemoteUrl, repository),
                Runner = new JobRunner(new JobHost(Environment.ProcessPath!, invocation.Variables), runner, invocation.Clock),
                Variables = variables,
                Parallel = options.Parallel,
                Clock = invocation.Clock,
            },
            options.Listener,
            cancellation);
        var store = new PipelineStore(folders);
        var dispatcher = new Dispatcher(engine, new StoredWorkflows(store), invocation.Interruption.Token)
        {
            Interrupted = options.Interrupted,
            StaysOnHold = options.StaysOnHold,
            Announce = (run, stop) => EngineAddress.Publish(folders, run, new Uri(port.Address), stop),
        };
        var orders = new CheckoutOrders(repository, options.ConfigPath, invocation, runner, options.Policy);
        var starter = new PipelineStarter(dispatcher, store, variables, orders.Order, invocation.Clock);
        var context = new ApiContext { Dispatcher = dispatcher, Pipelines = store, Starter = starter, Person = PersonOf(invocation, git), Clock = invocation.Clock };
        var api = await ApiServer.Start(context, tokens, options.Port, cancellation);
        port.Address = api.Address.ToString();
        return new RunSession(invocation, dispatcher, starter, orders, git, api);
    }

    /// <summary>Drives a run of the journal on.</summary>
    public Task<Outcome<bool>> Resume(RunState run, CancellationToken cancellation) => Dispatcher.Resume(run, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        Engine.Dispose();
    }

    /// <summary>Who acts: the one whom git names, as far as it names one.</summary>
    public static string PersonOf(Invocation invocation, GitFacts git) =>
        invocation.Variables.GetValueOrDefault("SIGNALBOX_APPROVED_BY") is { Length: > 0 } named ? named
        : git.Person.Length > 0 ? git.Person
        : invocation.Variables.GetValueOrDefault("USER") is { Length: > 0 } user ? user
        : Environment.UserName;

    /// <summary>What a job's own signalbox must know to work where the person works.</summary>
    private static IEnumerable<Variable> Passed(Invocation invocation, RunFolders folders)
    {
        yield return new(StateFolder.Variable, folders.State);
        yield return new("SIGNALBOX_PROGRAM", Environment.ProcessPath!); // the wrappers call this one and build none
        if (invocation.Variables.GetValueOrDefault("SIGNALBOX_TARGET") is { Length: > 0 } target)
            yield return new("SIGNALBOX_TARGET", target);
    }

    /// <summary>The API's port is known only when it listens, and jobs ask for it after that.</summary>
    private sealed class LatePort
    {
        public string Address { get; set; } = "";
    }
}

/// <summary>How a process drives runs.</summary>
internal sealed record SessionOptions
{
    public required IRunListener Listener { get; init; }

    public int Parallel { get; init; } = Environment.ProcessorCount;

    public InterruptedJob Interrupted { get; init; } = InterruptedJob.Rerun;

    public bool StaysOnHold { get; init; }

    /// <summary>Of the API; 0 takes any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The pipeline config, absolute or relative to the repository.</summary>
    public string ConfigPath { get; init; } = ".circleci/config.yml";

    public JobPolicy Policy { get; init; } = new();
}
