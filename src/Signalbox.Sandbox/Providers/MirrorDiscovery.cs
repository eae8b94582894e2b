using System.Text.RegularExpressions;

namespace Signalbox.Sandbox.Providers;

/// <summary>Where Terraform's providers lie on this machine, so that no run downloads what is here already.</summary>
/// <param name="Variables">The person's own environment variables.</param>
/// <param name="Repository">Where Terraform would look for `terraform.d/plugins`.</param>
/// <param name="Optional">Searched last, one folder deep, for the AWS provider.</param>
internal sealed partial record MirrorDiscovery(IReadOnlyDictionary<string, string> Variables, string Repository, string Optional = "/opt")
{
    /// <summary>The first mirror with the AWS provider, else the first with any provider, else null.</summary>
    public ProviderMirror? Find()
    {
        var mirrors = Configured().Concat(Implied()).Select(ProviderMirror.At).OfType<ProviderMirror>().ToList();
        return mirrors.Find(mirror => mirror.HoldsAws)
            ?? OptionalFolders().Select(ProviderMirror.At).OfType<ProviderMirror>().FirstOrDefault(mirror => mirror.HoldsAws)
            ?? mirrors.FirstOrDefault();
    }

    private string? Home => Variables.GetValueOrDefault("HOME");

    private IEnumerable<string> Configured()
    {
        var file = Variables.GetValueOrDefault("TF_CLI_CONFIG_FILE") ?? (Home is null ? null : Path.Combine(Home, ".terraformrc"));
        return File.Exists(file) ? MirrorsNamedIn(File.ReadAllText(file)) : [];
    }

    /// <summary>The folders that Terraform itself searches; see "Implied Local Mirror Directories" in its documentation.</summary>
    private IEnumerable<string> Implied()
    {
        yield return Path.Combine(Repository, "terraform.d", "plugins");
        if (Home is not null)
        {
            yield return Path.Combine(Home, ".terraform.d", "plugins");
            yield return Path.Combine(Variables.GetValueOrDefault("XDG_DATA_HOME", Path.Combine(Home, ".local", "share")), "terraform", "plugins");
        }

        foreach (var folder in Variables.GetValueOrDefault("XDG_DATA_DIRS", "/usr/local/share:/usr/share").Split(':', StringSplitOptions.RemoveEmptyEntries))
            yield return Path.Combine(folder, "terraform", "plugins");
    }

    private IEnumerable<string> OptionalFolders() => Directory.Exists(Optional)
        ? Directory.EnumerateDirectories(Optional, "*", new EnumerationOptions { IgnoreInaccessible = true }).Order(StringComparer.Ordinal)
        : [];

    internal static IEnumerable<string> MirrorsNamedIn(string configuration)
    {
        var withoutComments = StringOrComment.Replace(configuration, found => found.Value[0] == '"' ? found.Value : " ");
        return MirrorPath.Matches(withoutComments).Select(found => Escape.Replace(found.Groups["path"].Value, "${escaped}"));
    }

    [GeneratedRegex("""
        "(\\.|[^"\\])*"|\#[^\n]*|//[^\n]*|/\*.*?\*/
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StringOrComment { get; }

    [GeneratedRegex("""\\(?<escaped>["\\])""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape { get; }

    [GeneratedRegex("""
        \bfilesystem_mirror\s*\{[^{}]*?\bpath\s*=\s*"(?<path>(\\.|[^"\\])*)"
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MirrorPath { get; }
}
