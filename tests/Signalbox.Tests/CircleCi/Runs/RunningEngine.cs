using System.Collections.Concurrent;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Runs;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>An engine in a folder of its own.</summary>
internal sealed class RunningEngine : IRunListener, IDisposable
{
    private readonly ConcurrentQueue<RunEvent> _happened = new();
    private readonly bool _ownsFolder;

    private RunningEngine(string folder, bool ownsFolder) => (Folder, _ownsFolder) = (folder, ownsFolder);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string Folder { get; }

    public ScriptedJobs Jobs { get; private init; } = new();

    public Engine Engine { get; private set; } = null!;

    public IReadOnlyCollection<RunEvent> Events => _happened;

    /// <summary>Called with each event before anything follows from it.</summary>
    public Action<RunState, RunEvent>? OnEvent { get; set; }

    public static async Task<RunningEngine> Start(string? folder = null, int parallel = 4, ScriptedJobs? jobs = null)
    {
        var running = new RunningEngine(folder ?? Directory.CreateTempSubdirectory("signalbox-").FullName, folder is null) { Jobs = jobs ?? new() };
        var options = new EngineOptions
        {
            Folders = new RunFolders(Path.Combine(running.Folder, ".signalbox"), Path.Combine(running.Folder, "serial-groups")),
            Project = ProjectIdentity.Of("https://github.com/lever/frame.git", running.Folder),
            Runner = running.Jobs,
            Parallel = parallel,
            Clock = TimeProvider.System,
        };
        running.Engine = await Engine.Open(options, running, Cancellation);
        return running;
    }

    public async Task<RunState> Run(CompiledWorkflow workflow, Func<RunOrigin, RunOrigin>? change = null)
    {
        var origin = Graph.Origin();
        var run = await Engine.Create(change?.Invoke(origin) ?? origin, workflow, Cancellation);
        return (await Engine.Drive(run.Origin.Id, workflow, InterruptedJob.Rerun, () => false, CancellationToken.None))!;
    }

    public Task<RunState?> Drive(RunId run, CompiledWorkflow workflow, InterruptedJob policy = InterruptedJob.Rerun) =>
        Engine.Drive(run, workflow, policy, () => false, CancellationToken.None);

    public void Happened(RunState after, RunEvent happened)
    {
        _happened.Enqueue(happened);
        OnEvent?.Invoke(after, happened);
    }

    public void Said(RunState run, string job, int node, JobEvent.StepOutput output)
    {
    }

    public void Dispose()
    {
        Engine.Dispose();
        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }
}
