using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>Which project a repository is, read from where its `origin` points.</summary>
/// <param name="Kind">`gh`, `bb`, `gl`, or `local` for a repository that no service has.</param>
/// <param name="RemoteUrl">As git has it; empty when there is no remote.</param>
public sealed partial record ProjectIdentity(string Kind, string Owner, string Name, string RemoteUrl)
{
    /// <summary>`gh/owner/name`, as CircleCI writes it.</summary>
    public string Slug => $"{Kind}/{Owner}/{Name}";

    public Guid Id => Stable(Slug);

    public Guid OrganizationId => Stable($"{Kind}/{Owner}");

    /// <summary>The service's word in `pipeline.project.type`.</summary>
    public string Service => Kind switch { "gh" => "github", "bb" => "bitbucket", "gl" => "gitlab", _ => Kind };

    /// <summary>The address of the repository in a browser, which `pipeline.project.git_url` is; empty when there is no remote.</summary>
    public string WebUrl => Kind switch
    {
        "gh" => $"https://github.com/{Owner}/{Name}",
        "bb" => $"https://bitbucket.org/{Owner}/{Name}",
        "gl" => $"https://gitlab.com/{Owner}/{Name}",
        _ => RemoteUrl,
    };

    /// <param name="remoteUrl">What `git remote get-url origin` says, or empty.</param>
    /// <param name="folder">The repository, which names the project when there is no remote.</param>
    public static ProjectIdentity Of(string remoteUrl, string folder)
    {
        if (Remote.Match(remoteUrl) is { Success: true } match)
        {
            var kind = match.Groups["host"].Value switch
            {
                var host when host.Contains("github", StringComparison.OrdinalIgnoreCase) => "gh",
                var host when host.Contains("bitbucket", StringComparison.OrdinalIgnoreCase) => "bb",
                var host when host.Contains("gitlab", StringComparison.OrdinalIgnoreCase) => "gl",
                _ => "local",
            };
            return new ProjectIdentity(kind, match.Groups["owner"].Value, match.Groups["name"].Value, remoteUrl);
        }

        return new ProjectIdentity("local", Path.GetFileName(Path.GetDirectoryName(folder)) is { Length: > 0 } parent ? parent : "root", Path.GetFileName(folder), remoteUrl);
    }

    /// <summary>The same id on every machine for the same words.</summary>
    private static Guid Stable(string words) => new(SHA256.HashData(Encoding.UTF8.GetBytes(words)).AsSpan(0, 16));

    [GeneratedRegex("""^(?:[a-z+]+://)?(?:[^@/]+@)?(?<host>[^:/]+)(?::\d+)?[:/](?<owner>.+)/(?<name>[^/]+?)(?:\.git)?/?$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Remote { get; }
}
