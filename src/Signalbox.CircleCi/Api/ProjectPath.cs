using Microsoft.AspNetCore.Http;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.CircleCi.Api;

/// <summary>
/// A project's slug in a path: `gh/owner/name` or `github/owner/name`, as it is or escaped into one part, as clients of
/// CircleCI variously have it. An owner may itself be a path, so no route can describe it.
/// </summary>
internal static class ProjectPath
{
    private static readonly string[] Prefixes = ["/api/v2/project/", "/api/v1.1/project/"];

    /// <summary>Puts `this` in the slug's place; a path with another project's slug stays as it is, and no route knows it.</summary>
    public static void Rewrite(HttpRequest request, ProjectIdentity project)
    {
        var path = request.Path.Value ?? "";
        foreach (var prefix in Prefixes.Where(prefix => path.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var rest = path[prefix.Length..].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
            foreach (var slug in (string[])[project.Slug, $"{project.Service}/{project.Owner}/{project.Name}"])
            {
                if (rest == slug || rest.StartsWith($"{slug}/", StringComparison.Ordinal))
                {
                    request.Path = $"{prefix}this{rest[slug.Length..]}";
                    return;
                }
            }
        }
    }
}
