using System.Globalization;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Workplaces;
using Signalbox.Diagnostics;
using Signalbox.Processes.Sessions;

namespace Signalbox.CircleCi.Execution.Containers;

/// <summary>The primary container of a job. Steps are run in it one by one; its services are beside it.</summary>
internal sealed class ContainerWorkplace : IWorkplace
{
    /// <summary>Prefixes of variables that mean something to the engine's own program.</summary>
    private static readonly string[] Awkward = ["PATH", "HOME", "TMPDIR", "LD_", "DOCKER_", "CONTAINER", "PODMAN_", "REGISTRY_", "XDG_", "BUILDAH_", "STORAGE_", "DBUS_"];

    /// <summary>Runs a program so that its id and its exit code are known here, and its outputs keep their order.</summary>
    private const string Wrapper = """
        place=$1; errors=$2; shift 2
        for name in $SIGNALBOX_RENAMED; do eval "export $name=\"\$SIGNALBOX_AS_$name\""; unset "SIGNALBOX_AS_$name"; done
        unset SIGNALBOX_RENAMED
        echo $$ > "$place.id"
        if [ "$errors" = merge ]; then "$@" 2>&1; else "$@" 2>/dev/null; fi
        code=$?
        echo $code > "$place.tmp" && mv "$place.tmp" "$place.code"
        exit $code
        """;

    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(50);

    private readonly ContainerEngine _engine;
    private readonly NodeFolder _folder;
    private readonly JobMark _mark;
    private readonly TimeProvider _clock;
    private int _started;

    private ContainerWorkplace(ContainerEngine engine, ValueList<DockerImage> images, NodeFolder folder, JobMark mark, TimeProvider clock, ContainerTraits traits)
    {
        (_engine, _folder, _mark, _clock) = (engine, folder, mark, clock);
        Home = traits.Home;
        DefaultShell = traits.HasBash ? "/bin/bash -eo pipefail" : "/bin/sh -eo pipefail";
        Variables = [new Variable("PATH", $"{NodeFolder.Programs(Bridge)}:{traits.SearchPath}"), new Variable("HOME", traits.Home)];
        Services = [.. images.Skip(1).Select((image, index) => Service(image, mark.ServiceName(index + 1)))];
    }

    public bool IsHere => false;

    public string Home { get; }

    public string Bridge => ContainerStart.Bridge;

    public ValueList<Variable> Variables { get; }

    public ValueList<StartedService> Services { get; }

    public string DefaultShell { get; }

    public static async Task<Outcome<IWorkplace>> Start(
        JobAssignment assignment, NodeFolder folder, JobMark mark, ContainerEngineSearch engines, JobHost host, JobEvents events, TimeProvider clock, CancellationToken cancellation)
    {
        var images = ((JobExecutor.Docker)assignment.Body.Executor).Images;
        var start = new ContainerStart(assignment, folder, mark, engines, host, events);
        if (!(await start.Start(images, cancellation)).Succeeded(out var engine, out var problems))
            return new Outcome<IWorkplace>.Failure(problems);
        if (await ContainerTraits.Of(engine, mark.ContainerName, cancellation) is not { } traits)
        {
            return ContainerRules.NoShell.Without(
                $"the image {Culprit.Quote(images[0].Image)} has no `/bin/sh`, or its container ended at once",
                "use an image with a shell, git and tar, as CircleCI asks");
        }

        var place = new ContainerWorkplace(engine, images, folder, mark, clock, traits);
        var made = await engine.Ask(["exec", mark.ContainerName, "mkdir", "-p", place.Resolve(assignment.Body.WorkingDirectory, place.Home)], cancellation);
        return made.Code == 0
            ? place
            : ContainerRules.NotStarted.Without($"the working directory {Culprit.Quote(assignment.Body.WorkingDirectory)} cannot be made: {made.LastLine}");
    }

    public string Resolve(string path, string from) =>
        path is "~" or ['~', '/', ..] ? Path.GetFullPath(Home + path[1..]) : Path.GetFullPath(path, from);

    public string Shown(string path) => path;

    public Task<PlacedProcess> Start(PlacedCommand command, CancellationToken cancellation)
    {
        var id = $"process-{Interlocked.Increment(ref _started).ToString(CultureInfo.InvariantCulture)}";
        var (named, own, renamed) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal), new List<string>());
        foreach (var (name, value) in command.Variables)
        {
            // The values travel in the environment of the engine's program: its arguments are for everybody to see.
            var isAwkward = Array.Exists(Awkward, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
            var shown = isAwkward ? $"SIGNALBOX_AS_{name}" : name;
            if (isAwkward)
                renamed.Add(name);
            own[shown] = value;
            named.AddRange(["--env", shown]);
        }

        own["SIGNALBOX_RENAMED"] = string.Join(' ', renamed);
        ValueList<string> input = command.InputFile is null ? [] : ["--interactive"];
        ValueList<string> arguments =
        [
            "exec", .. input, "--workdir", command.Folder, .. named, "--env", "SIGNALBOX_RENAMED", _mark.ContainerName,
            "/bin/sh", "-c", Wrapper, "sh", $"{NodeFolder.Signals(Bridge)}/{id}", command.MergesErrors ? "merge" : "drop", .. command.Words,
        ];
        var process = _engine.Runner.Start(_engine.Command(arguments, own) with { InputFile = command.InputFile ?? "/dev/null" });
        return Task.FromResult(new PlacedProcess(process, Exit(process, Path.Combine(NodeFolder.Signals(_folder.Bridge), $"{id}.code"))) { Name = id });
    }

    public async Task Stop(PlacedProcess process, TimeSpan grace)
    {
        await Signal(process, "INT");
        try
        {
            await process.Exited.WaitAsync(grace, _clock);
        }
        catch (TimeoutException)
        {
            await Signal(process, "KILL");
            process.Process.Kill();
        }
    }

    public Task<string> ShellCommand(string folder, ValueList<Variable> variables, CancellationToken cancellation) =>
        Task.FromResult($"{_engine.Shown} exec -it --workdir {ShellLine.Quote(folder)} {_mark.ContainerName} {DefaultShell.Split(' ')[0]}");

    public Task End(bool isKept, CancellationToken cancellation) => isKept ? Task.CompletedTask : _engine.Remove(_mark.Text, cancellation);

    private StartedService Service(DockerImage image, string name) => new(
        image.Image,
        _engine.Command(["logs", name]),
        _engine.Command(["inspect", "--format", "{{if not .State.Running}}{{.State.ExitCode}}{{end}}", name]));

    /// <summary>The engine's program waits for everybody who holds the output; the wrapper's word comes as soon as the command ends.</summary>
    private async Task<int> Exit(SessionProcess process, string file)
    {
        while (true)
        {
            await Task.WhenAny(process.Exited, Task.Delay(Pulse, _clock, CancellationToken.None));
            if (File.Exists(file) && int.TryParse(await File.ReadAllTextAsync(file), out var code))
                return code;
            if (process.Exited.IsCompleted)
                return await process.Exited;
        }
    }

    /// <summary>An engine's exec is the leader of a session inside, so its group is what it started.</summary>
    private async Task Signal(PlacedProcess process, string signal)
    {
        var file = Path.Combine(NodeFolder.Signals(_folder.Bridge), $"{process.Name}.id");
        if (File.Exists(file) && int.TryParse(await File.ReadAllTextAsync(file), out var id))
            _ = await _engine.Ask(["exec", _mark.ContainerName, "/bin/sh", "-c", $"kill -{signal} -{id} 2>/dev/null || kill -{signal} {id}"], CancellationToken.None);
    }
}
