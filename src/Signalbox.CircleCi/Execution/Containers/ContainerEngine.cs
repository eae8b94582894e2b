using System.Text;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Signalbox.Processes.Sessions;

namespace Signalbox.CircleCi.Execution.Containers;

/// <summary>podman or docker, with the flags that it needs on this machine.</summary>
internal sealed record ContainerEngine(string Program, bool IsPodman, ValueList<string> GlobalFlags, ValueList<string> RunFlags)
{
    /// <summary>The label that says which node of which job a container belongs to.</summary>
    public const string Label = "dev.signalbox.job";

    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required ProcessRunner Runner { get; init; }

    public string Name => IsPodman ? "podman" : "docker";

    /// <summary>The engine's own command line, as a person would type it.</summary>
    public string Shown => string.Join(' ', GlobalFlags.Prepend(Name));

    /// <summary>Runs one short command of the engine.</summary>
    /// <param name="variables">Added to the person's own.</param>
    public async Task<EngineAnswer> Ask(ValueList<string> arguments, CancellationToken cancellation, params IEnumerable<KeyValuePair<string, string>> variables)
    {
        await using var process = Runner.Start(Command(arguments, variables));
        using var said = new MemoryStream();
        await process.Output.CopyToAsync(said, cancellation);
        return new EngineAnswer(await process.Exited.WaitAsync(cancellation), Encoding.UTF8.GetString(said.ToArray()).Trim());
    }

    public SessionCommand Command(ValueList<string> arguments, params IEnumerable<KeyValuePair<string, string>> variables)
    {
        var all = new Dictionary<string, string>(Variables, StringComparer.Ordinal);
        foreach (var (name, value) in variables)
            all[name] = value;
        return new SessionCommand(Program, [.. GlobalFlags, .. arguments]) { Folder = "/", Environment = all };
    }

    /// <summary>Removes the containers of one node; the services first, because they live in the primary's network.</summary>
    public async Task Remove(string mark, CancellationToken cancellation)
    {
        var listed = await Ask(["ps", "--all", "--filter", $"label={Label}={mark}", "--format", "{{.Names}}"], cancellation);
        if (listed.Code != 0)
            return;
        foreach (var name in listed.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries).OrderByDescending(name => name.Length))
            _ = await Ask(["rm", "--force", "--volumes", .. (ValueList<string>)(IsPodman ? ["--time", "0"] : []), name.Trim()], cancellation);
    }
}

/// <param name="Said">Both outputs, trimmed.</param>
internal sealed record EngineAnswer(int Code, string Said)
{
    public string LastLine => Said.Split('\n')[^1];
}
