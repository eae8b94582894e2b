using System.Formats.Tar;
using System.Text;
using Signalbox.CircleCi.Execution.Containers;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Processes;
using Xunit;

namespace Signalbox.Tests.CircleCi.Jobs;

/// <summary>A container image of nothing but a static busybox, made on this machine; tests that need it are skipped without one.</summary>
public sealed class BusyboxImage : IAsyncLifetime
{
    public const string Name = "localhost/signalbox-test-busybox:1";

    /// <summary>The home of the image's own user, as its etc/passwd has it.</summary>
    public const string Home = "/root";

    private static readonly string[] Applets = ["sh", "tar", "cat", "mkdir", "test", "sleep", "echo", "id", "ls", "wc", "rm", "httpd", "wget", "seq", "kill", "ps", "printf", "touch", "chmod", "env", "head", "hostname"];

    private static readonly string[] Places = ["/bin/busybox", "/usr/bin/busybox"];
    private static readonly string[] Folders = ["bin/", "tmp/", "root/", "etc/"];

    private string? _missing;

    /// <summary>The engine's program.</summary>
    public string Engine { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["HOME"] = Environment.GetEnvironmentVariable("HOME")! };
        if (Places.FirstOrDefault(File.Exists) is not { } busybox)
            _missing = "there is no busybox to make an image of";
        else if ((ProgramSearch.Find("podman", variables) ?? ProgramSearch.Find("docker", variables)) is not { } engine)
            _missing = "there is neither podman nor docker";
        else if (await Make(Engine = engine, busybox, variables) is { } complaint)
            _missing = $"no image could be made: {complaint}";
        else if (await Prove(variables) is { } refusal)
            _missing = $"no container starts on this machine: {refusal}";
    }

    public void NeedIt()
    {
        if (_missing is not null)
            Assert.Skip(_missing);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Not every machine lets every engine start a container; with whatever flags, one must start before a test can tell anything.</summary>
    private static async Task<string?> Prove(Dictionary<string, string> variables)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var engines = new ContainerEngineSearch(new JobHost("/nowhere", variables), new ProcessRunner(TimeProvider.System), TimeProvider.System);
        if (!(await engines.Find(cancellation)).Succeeded(out var engine, out var problems))
            return string.Join(' ', problems.Select(problem => problem.Message));
        var (_, answer) = await engines.Start(engine, $"signalbox-proof-{Guid.NewGuid():N}", ["--rm", Name, "echo", "proven"], cancellation);
        return answer.Code == 0 ? null : answer.LastLine;
    }

    private static async Task<string?> Make(string engine, string busybox, Dictionary<string, string> variables)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var archive = Path.Combine(Path.GetTempPath(), $"signalbox-busybox-{Guid.NewGuid():N}.tar");
        await using (var file = File.Create(archive))
        await using (var tar = new TarWriter(file))
        {
            foreach (var folder in Folders)
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, folder) { Mode = (UnixFileMode)0b111_111_111 }, cancellation);
            await tar.WriteEntryAsync(busybox, "bin/busybox", cancellation);
            foreach (var applet in Applets)
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, $"bin/{applet}") { LinkName = "busybox" }, cancellation);
            using var users = new MemoryStream(Encoding.UTF8.GetBytes($"root:x:0:0:root:{Home}:/bin/sh\ncircleci:x:3434:3434::/tmp:/bin/sh\n"));
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "etc/passwd") { DataStream = users }, cancellation);
        }

        var said = new List<string>();
        var exit = await new ProcessRunner(TimeProvider.System).Run(
            new Command(engine, ["import", archive, Name]) { Folder = "/", Environment = variables },
            line => { lock (said) said.Add(line.Text); },
            cancellation);
        File.Delete(archive);
        return exit.Code == 0 ? null : string.Join(' ', said);
    }
}
