using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Builders;

/// <summary>docker buildx, which builds in an engine that keeps its own cache.</summary>
internal sealed class DockerBuilder(BuilderProgram docker) : IImageBuilder
{
    public string Name => "docker buildx";

    public async Task<Outcome<bool>> Build(ImageBuild build, Action<string> onLine, CancellationToken cancellation)
    {
        using var login = DockerLogin.Open(build.Login);
        var end = await docker.Run(Arguments(build), login.Variables, BuilderProgram.Hiding(build.Login), onLine, cancellation);
        return end.Code == 0 ? true : BuilderRules.BuildFailed.Without($"`docker buildx build` ended with {end.Code}:\n{end.Said}", "mend the Dockerfile or what it needs, and run the command again");
    }

    public async Task<ImagePush> Push(ImageBuild build, Action<string> onLine, CancellationToken cancellation)
    {
        using var login = DockerLogin.Open(build.Login);
        var end = await docker.Run(["push", build.Name], login.Variables, BuilderProgram.Hiding(build.Login), onLine, cancellation);
        return end switch
        {
            { Code: 0 } => new ImagePush.Done(),
            _ when TagRefusal.IsIn(end.Said) => new ImagePush.TagTaken(),
            _ => new ImagePush.Failed(BuilderRules.PushFailed.Without($"`docker push` ended with {end.Code}:\n{end.Said}", "run the command again: layers that arrived are not sent twice")),
        };
    }

    /// <summary>Without attestations: they would make an index of the image, which ECS and ECR's scan do not need.</summary>
    internal static ValueList<string> Arguments(ImageBuild build) =>
    [
        "buildx", "build", "--load", "--progress", "plain", "--provenance", "false", "--platform", build.Platform.Text, "--file", build.Context.Dockerfile, "--tag", build.Name,
        .. build.Labels.SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" }),
        .. build.Arguments.SelectMany(argument => new[] { "--build-arg", $"{argument.Key}={argument.Value}" }),
        build.Context.Folder,
    ];

    /// <summary>A configuration of docker's for one command, so that the person's own is neither read nor written.</summary>
    private sealed class DockerLogin : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signalbox-docker-");

        public IEnumerable<KeyValuePair<string, string>> Variables => [new("DOCKER_CONFIG", _folder.FullName)];

        public static DockerLogin Open(RegistryLogin login)
        {
            var opened = new DockerLogin();
            File.WriteAllBytes(Path.Combine(opened._folder.FullName, "config.json"), BuilderProgram.Credentials(login));
            return opened;
        }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
