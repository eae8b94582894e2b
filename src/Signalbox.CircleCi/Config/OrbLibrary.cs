using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Config;

/// <summary>Where the sources of registry orbs lie on this machine. Nothing is guessed: an orb is there or it is missing.</summary>
/// <param name="folder">Holds `namespace/name/VERSION.yml`, absolute; it need not exist.</param>
/// <param name="shownFolder">The same as a person would type it.</param>
/// <param name="files">Sources named one by one: `namespace/name@version`, as in the stanza, to a file.</param>
public sealed class OrbLibrary(string folder, string shownFolder, IReadOnlyDictionary<string, string> files)
{
    public static OrbLibrary Empty { get; } = new("", ".signalbox/orbs", new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Asked when the library does not hold an orb; null when nobody is to be asked.</summary>
    public OrbRegistry? Registry { get; init; }

    /// <summary>Where a missing orb was looked for, in words.</summary>
    public string WhereItIsNot => Registry is null ? "not on this machine" : "neither on this machine nor known to the registry";

    /// <returns>The source and the version it is, or null when it is missing.</returns>
    public async Task<Outcome<SourceText>?> Find(string reference, CancellationToken cancellation)
    {
        if (files.TryGetValue(reference, out var named))
            return await ConfigText.Read(Path.Combine(folder, named), named, cancellation);
        if (OrbReference.Parse(reference) is not { } orb)
            return null;
        if (VersionFile(orb) is { } file)
            return await ConfigText.Read(Path.Combine(folder, orb.Namespace, orb.Name, file), Path.Join(shownFolder, orb.Namespace, orb.Name, file), cancellation);
        return Registry is null ? null : await Registry.Fetch(orb, cancellation);
    }

    /// <summary>The command that brings a missing orb here.</summary>
    public string HowToVendor(string reference) => OrbReference.Parse(reference) is { } orb
        ? $"save its source as `{Path.Join(shownFolder, orb.Namespace, orb.Name, $"{FileNameOf(orb.Version)}.yml")}`, for example with `circleci orb source {reference}`, or pass `--orb {reference}=FILE`"
        : $"pass its source with `--orb {reference}=FILE`";

    /// <summary>The newest version that a partial one stands for.</summary>
    private string? VersionFile(OrbReference orb)
    {
        var home = Path.Combine(folder, orb.Namespace, orb.Name);
        if (folder.Length == 0 || !Directory.Exists(home))
            return null;
        var exact = $"{FileNameOf(orb.Version)}.yml";
        if (File.Exists(Path.Combine(home, exact)))
            return exact;

        var prefix = orb.Version == "volatile" ? "" : $"{orb.Version}.";
        return Directory.EnumerateFiles(home, "*.yml")
            .Select(file => Path.GetFileName(file))
            .Select(name => (Name: name, Version: System.Version.TryParse(name[..^4], out var version) ? version : null))
            .Where(candidate => candidate.Version is not null && candidate.Name.StartsWith(prefix, StringComparison.Ordinal))
            .OrderByDescending(candidate => candidate.Version)
            .FirstOrDefault().Name;
    }

    private static string FileNameOf(string version) => version.Replace(':', '-');
}
