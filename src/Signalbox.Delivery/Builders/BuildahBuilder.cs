using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Delivery.Builders;

/// <summary>buildah with chroot isolation, which needs neither an engine nor a namespace.</summary>
internal sealed class BuildahBuilder(BuilderProgram buildah, string folder, IReadOnlyDictionary<string, string> variables, ProcessRunner runner) : IImageBuilder
{
    private string? _driver;

    public string Name => "buildah";

    public async Task<Outcome<bool>> Build(ImageBuild build, Action<string> onLine, CancellationToken cancellation)
    {
        using var session = await Open(build, cancellation);
        foreach (var image in BaseImages.Of(await File.ReadAllTextAsync(build.Context.Dockerfile, cancellation), build.Arguments))
        {
            if (await Provide(session, build, image, onLine, cancellation) is { } missing)
                return missing;
        }

        var end = await Run(session, Arguments(build), build, onLine, cancellation);
        return end.Code == 0 ? true : BuilderRules.BuildFailed.Without($"`buildah build` ended with {end.Code}:\n{end.Said}", "mend the Dockerfile or what it needs, and run the command again");
    }

    public async Task<ImagePush> Push(ImageBuild build, Action<string> onLine, CancellationToken cancellation)
    {
        using var session = await Open(build, cancellation);
        var end = await Run(session, ["push", .. Tls(build), build.Name, $"docker://{build.Name}"], build, onLine, cancellation);
        return end switch
        {
            { Code: 0 } => new ImagePush.Done(),
            _ when TagRefusal.IsIn(end.Said) => new ImagePush.TagTaken(),
            _ => new ImagePush.Failed(BuilderRules.PushFailed.Without($"`buildah push` ended with {end.Code}:\n{end.Said}", "run the command again: layers that arrived are not sent twice")),
        };
    }

    /// <summary>
    /// buildah knows a `.containerignore` of its own, and older ones no ignore file of a single Dockerfile: it is told which
    /// file counts, or that none does, so that every builder copies what the source's digest was made of.
    /// </summary>
    internal static ValueList<string> Arguments(ImageBuild build) =>
    [
        "build", "--isolation", "chroot", "--format", "oci", "--layers", "--pull-never", "--platform", build.Platform.Text, "--file", build.Context.Dockerfile, "--tag", build.Name,
        "--ignorefile", build.Context.IgnoreFile ?? "/dev/null",
        .. build.Labels.SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" }),
        .. build.Arguments.SelectMany(argument => new[] { "--build-arg", $"{argument.Key}={argument.Value}" }),
        build.Context.Folder,
    ];

    /// <summary>Null when the image is in the store. One that cannot be pulled is stood in for where that is allowed.</summary>
    private async Task<Diagnostic?> Provide(BuildahSession session, ImageBuild build, string image, Action<string> onLine, CancellationToken cancellation)
    {
        var isOurs = image.StartsWith($"{build.Login.Authority}/", StringComparison.Ordinal);
        if ((await Run(session, ["inspect", "--type", "image", image], build, static _ => { }, cancellation)).Code == 0)
            return null;
        var pulled = await Run(session, ["pull", "--policy", "missing", "--platform", build.Platform.Text, .. isOurs ? Tls(build) : [], image], build, static _ => { }, cancellation);
        if (pulled.Code == 0)
            return null;
        if (isOurs || !build.MayStandIn)
            return BuilderRules.NoBase.Without($"`{image}` cannot be pulled:\n{pulled.Said}", "look at the network and at the name in the Dockerfile, and run the command again");

        onLine($"WARNING: `{image}` cannot be pulled here. A stand-in takes its name, in the sandbox only: what is built on it");
        onLine("WARNING: holds no Prefect, is labelled as a stand-in, and must never leave this machine.");
        var stood = await new StandIn(runner, variables).Prepare(build.Platform, cancellation);
        using (stood)
        {
            var made = await Run(session, ["build", "--isolation", "chroot", "--format", "oci", "--platform", build.Platform.Text, "--quiet", "--tag", Qualified(image), stood.Folder], build, onLine, cancellation);
            return made.Code == 0 ? null : BuilderRules.NoBase.Without($"`{image}` cannot be pulled, and no stand-in could be made:\n{made.Said}", "look at the network, and run the command again");
        }
    }

    /// <summary>What a short name means to every builder.</summary>
    private static string Qualified(string image)
    {
        var first = image.Split('/')[0];
        if (first.AsSpan().ContainsAny('.', ':') && image.Contains('/', StringComparison.Ordinal))
            return image;
        return image.Contains('/', StringComparison.Ordinal) ? $"docker.io/{image}" : $"docker.io/library/{image}";
    }

    private static ValueList<string> Tls(ImageBuild build) => build.Login.Address.Scheme == "http" ? ["--tls-verify=false"] : [];

    private Task<BuilderEnd> Run(BuildahSession session, ValueList<string> arguments, ImageBuild build, Action<string> onLine, CancellationToken cancellation) =>
        buildah.Run([.. session.Store, .. arguments], session.Variables, BuilderProgram.Hiding(build.Login), onLine, cancellation);

    /// <summary>overlay shares layers and is not to be had everywhere; vfs copies them and always is. Neither reads the other's store.</summary>
    private async Task<BuildahSession> Open(ImageBuild build, CancellationToken cancellation)
    {
        if (_driver is null)
        {
            var overlay = BuildahSession.StoreOf(folder, "overlay");
            _driver = (await buildah.Run([.. overlay, "info"], [], Redactor.None, static _ => { }, cancellation)).Code == 0 ? "overlay" : "vfs";
        }

        return BuildahSession.Open(folder, _driver, build.Login);
    }
}

/// <summary>The files and variables of one buildah command.</summary>
internal sealed class BuildahSession : IDisposable
{
    private readonly PrivateFile _credentials;
    private readonly PrivateFile _registries;

    private BuildahSession(ValueList<string> store, PrivateFile credentials, PrivateFile registries) =>
        (Store, _credentials, _registries) = (store, credentials, registries);

    public ValueList<string> Store { get; }

    public IEnumerable<KeyValuePair<string, string>> Variables =>
    [
        new("REGISTRY_AUTH_FILE", _credentials.Path),
        new("CONTAINERS_REGISTRIES_CONF", _registries.Path),
    ];

    public static BuildahSession Open(string folder, string driver, RegistryLogin login) => new(
        StoreOf(folder, driver),
        PrivateFile.Holding("auth.json", BuilderProgram.Credentials(login)),
        PrivateFile.Holding("registries.conf", "unqualified-search-registries = [\"docker.io\"]\n"u8));

    public static ValueList<string> StoreOf(string folder, string driver) =>
        ["--root", Path.Combine(folder, driver), "--runroot", Path.Combine(folder, $"{driver}-run"), "--storage-driver", driver];

    public void Dispose()
    {
        _credentials.Dispose();
        _registries.Dispose();
    }
}
