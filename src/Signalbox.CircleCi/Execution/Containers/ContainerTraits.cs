namespace Signalbox.CircleCi.Execution.Containers;

/// <summary>What has to be known of an image before steps run in it; asked of the running container.</summary>
internal sealed record ContainerTraits(string Home, string SearchPath, bool HasBash)
{
    private const string Question = "printf '%s\\n' \"${HOME:-/}\" \"${PATH:-/usr/bin:/bin}\"; if [ -x /bin/bash ]; then echo yes; else echo no; fi";

    /// <returns>Null when there is no shell to ask.</returns>
    public static async Task<ContainerTraits?> Of(ContainerEngine engine, string container, CancellationToken cancellation)
    {
        var answer = await engine.Ask(["exec", container, "/bin/sh", "-c", Question], cancellation);
        return answer.Code == 0 && answer.Said.Split('\n') is [.., var home, var path, var bash]
            ? new ContainerTraits(home.TrimEnd('/') is { Length: > 0 } folder ? folder : "/", path, bash == "yes")
            : null;
    }
}
