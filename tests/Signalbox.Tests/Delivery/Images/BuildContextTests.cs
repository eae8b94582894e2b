using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Images;
using Signalbox.Delivery.Images.Source;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

/// <summary>What counts as an image's source is what a builder can copy, and nothing else.</summary>
public sealed class BuildContextTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signalbox-context-");

    public BuildContextTests() => Write("Dockerfile", "FROM scratch\nCOPY . /\n");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_file_that_is_ignored_does_not_make_another_image()
    {
        Write(".dockerignore", "*.log\n");
        Write("run.log", "1");
        var first = await Source();

        Write("run.log", "2");
        Assert.Equal(first, await Source());
        Write("run.sh", "2");
        Assert.NotEqual(first, await Source());
    }

    [Fact]
    public async Task The_dockerfile_counts_even_where_it_is_ignored_and_whether_it_is_copied_counts_too()
    {
        Write(".dockerignore", "*\n");
        var ignored = await Source();

        Write("Dockerfile", "FROM scratch\nCOPY . /x\n");
        Assert.NotEqual(ignored, await Source());
        Write("Dockerfile", "FROM scratch\nCOPY . /\n");
        Write(".dockerignore", "*\n!Dockerfile\n");
        Assert.NotEqual(ignored, await Source());
    }

    [Fact]
    public async Task The_ignore_file_of_one_dockerfile_comes_before_the_folders()
    {
        Write(".dockerignore", "*.log\n");
        Write("Dockerfile.dockerignore", "*.txt\n");
        Write("a.log", "");
        Write("a.txt", "");

        Assert.EndsWith("Dockerfile.dockerignore", Context.IgnoreFile, StringComparison.Ordinal);
        Assert.Equal(".dockerignore Dockerfile Dockerfile.dockerignore a.log", await Names());
    }

    [Fact]
    public async Task A_link_is_what_it_says_and_is_not_followed()
    {
        Write("folder/x", "1");
        File.CreateSymbolicLink(Path("folder/round"), "..");
        File.CreateSymbolicLink(Path("broken"), "nowhere");
        Assert.Equal("Dockerfile broken folder/round folder/x", await Names());

        var first = await Source();
        File.Delete(Path("broken"));
        File.CreateSymbolicLink(Path("broken"), "elsewhere");
        Assert.NotEqual(first, await Source());
    }

    [Fact]
    public async Task A_real_build_copies_exactly_the_files_that_count()
    {
        var variables = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        var buildah = ProgramSearch.Find("buildah", variables);
        Assert.SkipWhen(buildah is null, "buildah is not installed");
        foreach (var name in new[] { "a.md", "b.txt", "keep/a.md", "keep/deep/b.txt", "out/x", "out/back/y", "out/back/z.tmp", "tempa", "temp1", "sub/temp" })
            Write(name, name);
        Write(".containerignore", "*\n");
        Write(".dockerignore", "# comment\n*.md\n**/*.txt\n/out\n!out/back\nout/back/*.tmp\ntemp[0-9]\n*/temp\n!keep/**/b.txt\nDockerfile\n");
        var images = Directory.CreateTempSubdirectory("signalbox-buildah-").FullName;
        try
        {
            var built = System.IO.Path.Combine(images, "root");
            string[] arguments =
            [
                "--root", $"{images}/store", "--runroot", $"{images}/run", "--storage-driver", "vfs", "build", "--isolation", "chroot",
                "--ignorefile", Context.IgnoreFile!, "--file", Context.Dockerfile, "--output", built, Context.Folder,
            ];
            var said = new List<string>();
            var end = await new ProcessRunner(TimeProvider.System).Run(new Command(buildah!, [.. arguments]) { Folder = images, Environment = variables }, line => { lock (said) said.Add(line.Text); }, Cancellation);

            Assert.True(end.Code == 0, string.Join('\n', said));
            var copied = Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(built, file)).Order(StringComparer.Ordinal);
            Assert.Equal(string.Join(' ', copied.Append("Dockerfile").Order(StringComparer.Ordinal)), await Names());
        }
        finally
        {
            Directory.Delete(images, recursive: true);
        }
    }

    private static ImageFamily Family { get; } = Families.Of("base", "blog-data", "base-{short_sha}") with { Dockerfile = Dockerfile() };

    private BuildContext Context => BuildContext.Of(_folder.FullName, Family);

    private static RepositoryPath Dockerfile()
    {
        Assert.True(RepositoryPath.Parse(new SourceText("x", "Dockerfile"), new Span(0, 10), "Dockerfile").Succeeded(out var path, out _));
        return path;
    }

    private async Task<string> Names() => string.Join(' ', (await Context.Files(Cancellation)).Select(file => file.Name));

    private Task<string> Source() => SourceDigest.Of(_folder.FullName, Family, basis: null, Cancellation);

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
    }
}
