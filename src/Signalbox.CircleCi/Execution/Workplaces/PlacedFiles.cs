using System.Text;
using Signalbox.CircleCi.Execution.Steps;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Workplaces;

/// <summary>
/// Files where the steps run, reached through the shell and tar that are there, as CircleCI asks of an image. Only what is
/// looked at is looked at directly where that can be done: a shell takes longer to start than all that a trivial job does.
/// </summary>
internal sealed class PlacedFiles(Node node)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public async Task<PlacedKind> Kind(string path, CancellationToken cancellation)
    {
        if (node.Place.IsHere)
            return KindHere(path);
        return await node.Ask(Shell("if [ -d \"$1\" ]; then echo d; elif [ -e \"$1\" ] || [ -L \"$1\" ]; then echo f; fi", path), cancellation) switch
        {
            "d\n" => PlacedKind.Folder,
            "f\n" => PlacedKind.File,
            _ => PlacedKind.Nothing,
        };
    }

    /// <summary>What lies directly in a folder, hidden files included, in ordinal order.</summary>
    public async Task<ValueList<string>> Names(string folder, CancellationToken cancellation)
    {
        if (node.Place.IsHere)
            return NamesHere(folder);
        const string list = "cd \"$1\" || exit 1; for f in * .[!.]* ..?*; do if [ -e \"$f\" ] || [ -L \"$f\" ]; then printf '%s\\0' \"$f\"; fi; done";
        var names = await node.Ask(Shell(list, folder), cancellation) ?? "";
        return [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    public Task MakeFolder(string folder, CancellationToken cancellation) => node.Ask(["mkdir", "-p", folder], cancellation);

    /// <summary>The paths that a pattern matches, relative to the root, as Go's filepath.Glob finds them.</summary>
    public async Task<ValueList<string>> Glob(string root, string pattern, CancellationToken cancellation)
    {
        List<string> found = [""];
        foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not "."))
        {
            var next = new List<string>();
            foreach (var folder in found)
            {
                if (!GoPattern.HasMeta(part))
                    next.Add(Join(folder, part));
                else
                    next.AddRange((await Names(Join(root, folder), cancellation)).Where(name => GoPattern.Matches(part, name)).Select(name => Join(folder, name)));
            }

            found = next;
        }

        var there = new List<string>();
        foreach (var path in found)
        {
            if (await Kind(Join(root, path), cancellation) is not PlacedKind.Nothing)
                there.Add(path.Length == 0 ? "." : path);
        }

        return [.. there];
    }

    /// <summary>Packs files and whole folders of one folder into a tar archive.</summary>
    /// <param name="read">Reads the archive to its end.</param>
    /// <returns>What tar complained of, or null.</returns>
    public async Task<string?> Pack(string folder, ValueList<string> paths, bool followsLinks, Func<Stream, Task> read, CancellationToken cancellation)
    {
        var complaints = $"tar-{Guid.NewGuid():N}";
        var script = $"exec 2>\"$1\"; shift; cd \"$1\" && shift && exec tar -c{(followsLinks ? "h" : "")}f - -- \"$@\"";
        var words = Shell(script, [$"{Jobs.NodeFolder.Signals(node.Place.Bridge)}/{complaints}", folder, .. paths.Select(path => path.StartsWith('-') ? $"./{path}" : path)]);
        var code = await node.Run(node.Tool("/", words), read, cancellation);
        var file = Path.Combine(Jobs.NodeFolder.Signals(node.Folder.Bridge), complaints);
        var said = File.Exists(file) ? (await File.ReadAllTextAsync(file, Utf8, cancellation)).Trim() : "";
        File.Delete(file);
        var onlyChanged = code == 1 && said.Contains("changed as we read it", StringComparison.Ordinal);
        return code == 0 || onlyChanged ? null : said.Length > 0 ? said : $"tar ended with code {code}";
    }

    /// <summary>Unpacks an archive of this machine over what is in a folder; its owner becomes who unpacks.</summary>
    /// <returns>What tar complained of, or null.</returns>
    public async Task<string?> Unpack(string archive, string folder, CancellationToken cancellation)
    {
        using var said = new MemoryStream();
        var words = Shell("mkdir -p \"$1\" && cd \"$1\" && exec tar -xpof -", folder);
        var code = await node.Run(node.Tool("/", words) with { InputFile = archive }, output => output.CopyToAsync(said, cancellation), cancellation);
        return code == 0 ? null : $"{Utf8.GetString(said.ToArray()).Trim()} (code {code})";
    }

    /// <summary>Reads one file to its end; false when it cannot be read.</summary>
    public async Task<bool> Read(string path, Func<Stream, Task> read, CancellationToken cancellation) =>
        await node.Run(node.Tool("/", "cat", "--", path) with { MergesErrors = false }, read, cancellation) == 0;

    private static PlacedKind KindHere(string path) =>
        Directory.Exists(path) ? PlacedKind.Folder
        : Path.Exists(path) || new FileInfo(path).LinkTarget is not null ? PlacedKind.File
        : PlacedKind.Nothing;

    private static ValueList<string> NamesHere(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static ValueList<string> Shell(string script, params ReadOnlySpan<string> arguments) => ["/bin/sh", "-c", script, "sh", .. arguments];

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder.TrimEnd('/')}/{name}".TrimEnd('/') is { Length: > 0 } path ? path : "/";
}

internal enum PlacedKind
{
    Nothing,
    File,
    Folder,
}
