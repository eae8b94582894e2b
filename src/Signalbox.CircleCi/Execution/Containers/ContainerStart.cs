using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Containers;

/// <summary>
/// Starts the containers of a job: the primary, which owns the network and waits for steps, and the services, which
/// share that network, so that all of them answer on localhost and under their names.
/// </summary>
internal sealed class ContainerStart(JobAssignment assignment, NodeFolder folder, JobMark mark, ContainerEngineSearch engines, JobHost host, JobEvents events)
{
    /// <summary>Where the node's bridge is seen inside.</summary>
    public const string Bridge = "/.signalbox";

    private const string Wait = "trap 'exit 0' TERM; while :; do sleep 60 & wait $!; done";

    public async Task<Outcome<ContainerEngine>> Start(ValueList<DockerImage> images, CancellationToken cancellation)
    {
        if (!(await engines.Find(cancellation)).Succeeded(out var engine, out var problems))
            return new Outcome<ContainerEngine>.Failure(problems);
        var supply = new ImageSupply(engine, assignment, events);
        foreach (var image in images)
        {
            if (await supply.Get(image, cancellation) is { } problem)
                return problem;
        }

        var primary = images[0];
        var keepsEntrypoint = primary.Entrypoint is not null || primary.Command is not null || await PreservesEntrypoint(engine, primary, cancellation);
        var (proven, answer) = await engines.Start(engine, mark.Text, Primary(images, keepsEntrypoint), cancellation);
        if (answer.Code != 0)
            return NotStarted(proven, primary, answer);
        for (var service = 1; service < images.Count; service++)
        {
            var started = await proven.Ask(["run", .. proven.RunFlags, .. Service(images[service], service)], cancellation);
            if (started.Code != 0)
                return NotStarted(proven, images[service], started);
        }

        return proven;
    }

    private ValueList<string> Primary(ValueList<DockerImage> images, bool keepsEntrypoint)
    {
        var image = images[0];
        var program = File.Exists(host.Program) ? Mount(host.Program, $"{Bridge}/program", isReadOnly: true) : [];
        return
        [
            .. Every(mark.ContainerName),
            .. Mount(folder.Bridge, Bridge, isReadOnly: false),
            .. program,
            .. images.Where(other => other.Name is not null).SelectMany(other => (ValueList<string>)["--add-host", $"{other.Name}:127.0.0.1"]),
            .. keepsEntrypoint ? Own(image) : [.. Settings(image), "--entrypoint", "/bin/sh", image.Image, "-c", Wait],
        ];
    }

    private ValueList<string> Service(DockerImage image, int index) =>
        [.. Every(mark.ServiceName(index)), "--network", $"container:{mark.ContainerName}", .. Own(image)];

    private ValueList<string> Every(string name) =>
        ["--detach", "--name", name, "--label", $"{ContainerEngine.Label}={mark.Text}", "--security-opt", "label=disable"];

    /// <summary>An image with its own entrypoint and command, or with those of the config.</summary>
    private static ValueList<string> Own(DockerImage image)
    {
        ValueList<string> entrypoint = image.Entrypoint is [var program, ..] ? ["--entrypoint", program] : [];
        return [.. Settings(image), .. entrypoint, image.Image, .. image.Entrypoint?.Skip(1) ?? [], .. image.Command ?? []];
    }

    private static ValueList<string> Settings(DockerImage image)
    {
        ValueList<string> user = image.User is { } name ? ["--user", name] : [];
        return [.. user, .. image.Environment.SelectMany(variable => (ValueList<string>)["--env", $"{variable.Name}={variable.Value}"])];
    }

    private static ValueList<string> Mount(string source, string target, bool isReadOnly)
    {
        var from = $"source={source}"; // the option is a line of CSV
        if (from.AsSpan().IndexOfAny(',', '"') >= 0)
            from = $"\"{from.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return ["--mount", $"type=bind,{from},target={target}{(isReadOnly ? ",readonly" : "")}"];
    }

    private static async Task<bool> PreservesEntrypoint(ContainerEngine engine, DockerImage image, CancellationToken cancellation) =>
        (await engine.Ask(["image", "inspect", "--format", "{{index .Config.Labels \"com.circleci.preserve-entrypoint\"}}", image.Image], cancellation)).Said == "true";

    private static Diagnostic NotStarted(ContainerEngine engine, DockerImage image, EngineAnswer answer) =>
        ContainerRules.NotStarted.Without(
            $"the container of {Culprit.Quote(image.Image)} does not start; {engine.Name} says: {answer.LastLine}",
            $"try `{engine.Shown} run --rm {image.Image}` by hand");
}
