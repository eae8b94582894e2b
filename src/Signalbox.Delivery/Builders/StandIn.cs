using System.Text;
using System.Text.RegularExpressions;
using Signalbox.Delivery.Images;
using Signalbox.Processes;

namespace Signalbox.Delivery.Builders;

/// <summary>
/// Makes what a stand-in is built from: this machine's shell and a few tools with their libraries, and a `pip` and a
/// `prefect` that only say that they did nothing.
/// </summary>
internal sealed partial class StandIn(ProcessRunner runner, IReadOnlyDictionary<string, string> variables)
{
    private static readonly string[] Tools = ["sh", "cat", "chmod", "chown", "cp", "env", "id", "ls", "mkdir", "mktemp", "mv", "rm", "sed"];

    private const UnixFileMode Runs = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public async Task<PreparedStandIn> Prepare(ImagePlatform platform, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("signalbox-stand-in-").FullName;
        foreach (var name in new[] { "bin", "etc", "home", "tmp", "usr/local/bin", "usr/local/share" })
            Directory.CreateDirectory(Path.Combine(folder, "root", name));
        foreach (var tool in Tools)
        {
            if (ProgramSearch.Find(tool, variables) is not { } found)
                continue;
            Copy(found, Path.Combine(folder, "root", "bin", tool));
            foreach (var library in await Libraries(found, cancellation))
                Copy(library, Path.Combine(folder, "root", library.TrimStart('/')));
        }

        Write("usr/local/bin/pip", "#!/bin/sh\necho \"stand-in: pip $*\"\n");
        Write("usr/local/bin/prefect", "#!/bin/sh\necho \"stand-in: prefect $*\"\n");
        Write("etc/passwd", "root:x:0:0::/root:/bin/sh\nprefect:x:10001:10001::/home:/bin/sh\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "Dockerfile"), Dockerfile(platform), cancellation);
        return new PreparedStandIn(folder);

        void Write(string name, string text)
        {
            var path = Path.Combine(folder, "root", name);
            File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            MakeRun(path);
        }
    }

    private static string Dockerfile(ImagePlatform platform) => $"""
        FROM scratch
        COPY root/ /
        ENV PATH=/usr/local/bin:/usr/bin:/bin
        LABEL {ImageDescription.StandInLabel}="true" \
              org.opencontainers.image.title="stand-in for {platform}"
        CMD ["sh"]

        """;

    private static void Copy(string from, string to)
    {
        if (File.Exists(to))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
        MakeRun(to);
    }

    private static void MakeRun(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Runs);
    }

    private async Task<IEnumerable<string>> Libraries(string program, CancellationToken cancellation)
    {
        if (ProgramSearch.Find("ldd", variables) is not { } ldd)
            return [];
        var lines = new List<string>();
        await runner.Run(new Command(ldd, [program]) { Folder = "/", Environment = variables }, line => { lock (lines) lines.Add(line.Text); }, cancellation);
        return lines.Select(line => Library.Match(line)).Where(match => match.Success).Select(match => match.Value);
    }

    [GeneratedRegex(@"/\S+(?= \(0x)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Library { get; }
}

/// <summary>A folder to build a stand-in from; gone when disposed.</summary>
internal sealed record PreparedStandIn(string Folder) : IDisposable
{
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
