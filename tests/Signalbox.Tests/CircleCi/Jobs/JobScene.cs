using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Xunit;

namespace Signalbox.Tests.CircleCi.Jobs;

/// <summary>A machine, a folder of runs and a repository for jobs to run in; all of it real, and gone afterwards.</summary>
public sealed class JobScene : IDisposable
{
    private int _jobs;

    public JobScene()
    {
        Root = Directory.CreateTempSubdirectory("signalbox job's ").FullName;
        Host = new JobHost(
            Path.Combine(House.Repository.Folder, "artifacts/bin/Signalbox.Cli/release/signalbox"),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
                ["HOME"] = Environment.GetEnvironmentVariable("HOME")!,
                ["PERSONAL"] = "not for jobs",
            });
    }

    public string Root { get; }

    public JobHost Host { get; }

    public string Repository => Path.Combine(Root, "the repository");

    public string Commit { get; private set; } = new('0', 40);

    public JobPolicy Policy { get; set; } = new();

    public JobExecutor Executor { get; set; } = new JobExecutor.Machine("default");

    public ValueList<Variable> Variables { get; set; } = [];

    public ValueList<string> Secrets { get; set; } = [];

    public IList<WorkspaceLayer> Layers { get; } = [];

    public CancellationTokenSource Cancel { get; } = new();

    public Action<JobEvent> Watch { get; set; } = _ => { };

    public JobRunner Runner => new(Host, new ProcessRunner(TimeProvider.System), TimeProvider.System);

    /// <summary>A `run` step with this command.</summary>
    public static Step.Run Sh(string command, StepCondition when = StepCondition.OnSuccess) => new(command) { Title = command, When = when };

    public Task<RanJob> Run(params Step[] steps) => Run(new JobBody { Executor = Executor, Steps = [.. steps] });

    public async Task<RanJob> Run(JobBody body, string job = "build", int node = 0, int total = 1, WorkspaceLayer[]? upstream = null)
    {
        var events = new List<JobEvent>();
        var assignment = new JobAssignment
        {
            Job = job,
            Body = body,
            NodeIndex = node,
            NodeTotal = total,
            Variables = Variables,
            Secrets = Secrets,
            Source = new JobSource(Repository, Commit, "main", Tag: null, WithUncommitted: false),
            Folder = Path.Combine(Root, "runs", $"{_jobs++}-{node}"),
            Upstream = [.. upstream ?? []],
            WorkspaceFolder = Path.Combine(Root, "workspace"),
            CacheFolder = Path.Combine(Root, "caches"),
            Policy = Policy,
        };
        return await Run(assignment, events);
    }

    public async Task<RanJob> Run(JobAssignment assignment, IList<JobEvent>? events = null)
    {
        events ??= [];
        var ending = await Runner.Run(
            assignment,
            happened =>
            {
                events.Add(happened);
                if (happened is JobEvent.LayerPersisted { Layer: var layer })
                    Layers.Add(layer);
                Watch(happened);
            },
            Cancel.Token);
        return new RanJob(assignment, ending, events);
    }

    public async Task MakeRepository(string script = "echo one > file; git add file; git commit -qm one")
    {
        Directory.CreateDirectory(Repository);
        await Bash($"git init -q -b main; git config user.name t; git config user.email t@localhost; {script}");
        Commit = (await Bash("git rev-parse HEAD")).Trim();
    }

    /// <summary>Runs bash in the repository and gives what it prints.</summary>
    public async Task<string> Bash(string script)
    {
        Directory.CreateDirectory(Repository);
        var said = new List<string>();
        var command = new Command("/bin/bash", ["-ec", script]) { Folder = Repository, Environment = Host.Variables };
        var exit = await new ProcessRunner(TimeProvider.System).Run(command, line => { lock (said) said.Add(line.Text); }, CancellationToken.None);
        Assert.True(exit.Code == 0, string.Join('\n', said));
        return string.Join('\n', said);
    }

    public void Dispose()
    {
        Cancel.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}

/// <summary>How a job went, as tests ask about it.</summary>
public sealed record RanJob(JobAssignment Assignment, JobEnding Ending, IEnumerable<JobEvent> Events)
{
    public TerminalStatus Status => Ending.Status;

    public IReadOnlyList<StepStatus> Steps =>
        [.. Events.OfType<JobEvent.StepEnded>().OrderBy(ended => ended.Index).Select(ended => ended.Status)];

    public string Log(int step) => File.ReadAllText(Events.OfType<JobEvent.StepStarted>().Single(started => started.Index == step).LogFile);

    /// <summary>The logs of all steps, one after the other.</summary>
    public string Output => string.Concat(Enumerable.Range(0, Steps.Count).Select(Log));

    public RanJob Succeeded()
    {
        Assert.True(Status is TerminalStatus.Success, $"{Ending.Problem}\n{Output}");
        return this;
    }
}
