using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images.Source;

/// <summary>What a `.dockerignore` keeps out of an image's context. The last line that speaks of a file decides.</summary>
internal sealed class IgnoreRules
{
    public static readonly IgnoreRules None = new([]);

    private readonly ValueList<IgnorePattern> _patterns;

    private IgnoreRules(ValueList<IgnorePattern> patterns) => _patterns = patterns;

    public static IgnoreRules Parse(string text) =>
        new([.. text.TrimStart('\uFEFF').Split('\n').Select(line => IgnorePattern.Parse(line.TrimEnd('\r'))).OfType<IgnorePattern>()]);

    /// <summary>A pattern that matches a folder speaks of everything beneath it.</summary>
    /// <param name="path">Relative to the context, with forward slashes.</param>
    public bool Ignores(string path)
    {
        string[] folders = [.. Enumerable.Range(0, path.Length).Where(at => path[at] == '/').Select(at => path[..at])];
        var ignored = false;
        foreach (var pattern in _patterns)
        {
            if (pattern.BringsBack == ignored && (pattern.Matches(path) || Array.Exists(folders, pattern.Matches)))
                ignored = !pattern.BringsBack;
        }

        return ignored;
    }
}
