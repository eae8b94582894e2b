using Signalbox.Delivery.Builders;
using Signalbox.Delivery.Images;
using Signalbox.Delivery.Images.Source;
using Signalbox.Processes;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

public sealed class BuilderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signalbox-builder-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("FROM a:1\n", "a:1")]
    [InlineData("ARG X=prefecthq/prefect:3\nFROM ${X}\n", "prefecthq/prefect:3")]
    [InlineData("ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\n", "r.example/b@sha256:1")]
    [InlineData("arg V=\"1\"\r\nFROM --platform=linux/amd64 a:$V AS one\r\nFROM one\r\nFROM scratch\r\n", "a:1")]
    [InlineData("# FROM x:1\nFROM a:1 AS build\nRUN echo FROM y:1\nFROM b:2\nCOPY --from=build /x /x\n", "a:1 b:2")]
    [InlineData("nothing", "")]
    public void The_images_beneath_a_dockerfile_are_found(string dockerfile, string images) =>
        Assert.Equal(images, string.Join(' ', BaseImages.Of(dockerfile, [new("BASE_IMAGE", "r.example/b@sha256:1")])));

    [Fact]
    public async Task Docker_is_taken_only_where_an_engine_answers_it()
    {
        Program("docker", "[ \"$1\" != info ]");
        Program("buildah", "exit 0");
        Assert.Equal("buildah", (await Find()).Name);

        Program("docker", "exit 0");
        Assert.Equal("docker buildx", (await Find()).Name);
    }

    [Fact]
    public async Task Without_a_builder_it_is_told_what_to_install()
    {
        Program("docker", "exit 1");

        Assert.False((await Search().Find(Cancellation)).Succeeded(out _, out var problems));

        Assert.Equal("SB2052", Assert.Single(problems).Rule.Code);
        Assert.Contains("no engine answers", problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Docker_gets_the_platform_the_labels_and_a_login_of_its_own_and_the_password_is_hidden()
    {
        Program("docker", "case $1 in push) cat \"$DOCKER_CONFIG/config.json\";; buildx) for a in \"$@\"; do echo \"<$a>\"; done;; esac");
        var said = new List<string>();
        var docker = await Find();

        Assert.True((await docker.Build(Build, said.Add, Cancellation)).Succeeded(out _, out _));
        Assert.IsType<ImagePush.Done>(await docker.Push(Build, said.Add, Cancellation));

        var text = string.Join('\n', said);
        Assert.Contains("<--platform>\n<linux/amd64>", text, StringComparison.Ordinal);
        Assert.Contains("<--label>\n<dev.signalbox.family=prefect-base>", text, StringComparison.Ordinal);
        Assert.Contains("<--build-arg>\n<SOURCE_COMMIT=abc>", text, StringComparison.Ordinal);
        Assert.Contains("\"127.0.0.1:5000\": { \"auth\": \"(sensitive)\" }", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "/dev/null")]
    [InlineData("/context/Dockerfile.dockerignore", "/context/Dockerfile.dockerignore")]
    public void Buildah_is_told_which_ignore_file_counts(string? ignoreFile, string told)
    {
        var arguments = BuildahBuilder.Arguments(Build with { Context = Build.Context with { IgnoreFile = ignoreFile } });

        Assert.Equal(told, arguments[arguments.ToList().IndexOf("--ignorefile") + 1]);
    }

    [Fact]
    public async Task A_tag_that_was_taken_meanwhile_is_not_a_failed_push()
    {
        Program("docker", "[ \"$1\" != push ] || { echo \"tag invalid: The image tag 'a' already exists in the 'b' repository and cannot be overwritten because the repository is immutable.\" >&2; exit 1; }");
        Assert.IsType<ImagePush.TagTaken>(await (await Find()).Push(Build, static _ => { }, Cancellation));

        Program("docker", "[ \"$1\" != push ] || { echo 'denied: Your authorization token has expired. Reauthenticate and try again.' >&2; exit 1; }");
        var failed = Assert.IsType<ImagePush.Failed>(await (await Find()).Push(Build, static _ => { }, Cancellation));
        Assert.Equal("SB2054", failed.Problem.Rule.Code);
        Assert.Contains("token has expired", failed.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dockerfile_that_fails_is_told_with_the_builders_last_words()
    {
        Program("docker", "[ \"$2\" != build ] || { echo 'RUN pip install: no such package'; exit 3; }");

        Assert.False((await (await Find()).Build(Build, static _ => { }, Cancellation)).Succeeded(out _, out var problems));

        Assert.Equal("SB2053", Assert.Single(problems).Rule.Code);
        Assert.Contains("no such package", problems[0].Message, StringComparison.Ordinal);
    }

    private static ImageBuild Build { get; } = new()
    {
        Name = "127.0.0.1:5000/blog-data:prefect-3-python3.12-ecs",
        Context = new BuildContext("/context", "/context/Dockerfile", IgnoreFile: null),
        Platform = ImagePlatform.Amd64,
        Labels = [new(ImageFamily.FamilyLabel, "prefect-base")],
        Arguments = [new("SOURCE_COMMIT", "abc")],
        Login = new RegistryLogin(new Uri("http://127.0.0.1:5000"), "AWS", "hunter22-hunter22", DateTimeOffset.MaxValue),
        MayStandIn = false,
    };

    private void Program(string name, string script)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private BuilderSearch Search()
    {
        // `cat` comes from a folder that holds neither docker nor buildah.
        var own = Directory.CreateDirectory(Path.Combine(_folder.FullName, "own")).FullName;
        if (!File.Exists(Path.Combine(own, "cat")))
            File.CreateSymbolicLink(Path.Combine(own, "cat"), "/bin/cat");
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = $"{_folder.FullName}:{own}" };
        return new BuilderSearch(variables, Path.Combine(_folder.FullName, "state"), new ProcessRunner(TimeProvider.System));
    }

    private async Task<IImageBuilder> Find()
    {
        Assert.True((await Search().Find(Cancellation)).Succeeded(out var builder, out _));
        return builder;
    }
}
