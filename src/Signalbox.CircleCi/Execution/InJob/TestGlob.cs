using Signalbox.CircleCi.Execution.Workplaces;

namespace Signalbox.CircleCi.Execution.InJob;

/// <summary>`circleci tests glob`: `*`, `?` and `[abc]` within a name, `**` across folders, `{a,b}` for either.</summary>
public static class TestGlob
{
    private const int MostAlternatives = 10_000;

    /// <summary>The files that any pattern matches, relative as the pattern is, each once, in ordinal order.</summary>
    public static IReadOnlyList<string> Find(IEnumerable<string> patterns, string folder)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var pattern in patterns.SelectMany(Alternatives).Take(MostAlternatives))
        {
            var isAbsolute = pattern.StartsWith('/');
            var segments = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
            Walk(isAbsolute ? "/" : folder, isAbsolute ? "/" : pattern.StartsWith("./", StringComparison.Ordinal) ? "./" : "", segments.AsSpan().TrimStart("."), found);
        }

        return [.. found];
    }

    /// <summary>`a{b,c}d` is `abd` and `acd`; braces nest, and one that is not closed stands for itself.</summary>
    internal static IEnumerable<string> Alternatives(string pattern)
    {
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
            return [pattern];
        var (commas, close) = Closing(pattern, open);
        if (close < 0)
            return [pattern];
        var before = pattern[..open];
        var ends = commas.Append(close);
        var begins = commas.Prepend(open);
        return begins.Zip(ends, (begin, end) => before + pattern[(begin + 1)..end] + pattern[(close + 1)..]).SelectMany(Alternatives);
    }

    private static (List<int> Commas, int Close) Closing(string pattern, int open)
    {
        var (commas, depth) = (new List<int>(), 0);
        for (var at = open; at < pattern.Length; at++)
        {
            depth += pattern[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return (commas, at);
            if (pattern[at] == ',' && depth == 1)
                commas.Add(at);
        }

        return (commas, -1);
    }

    private static void Walk(string folder, string shown, ReadOnlySpan<string> segments, SortedSet<string> found)
    {
        if (segments.IsEmpty || !Directory.Exists(folder))
            return;
        var (segment, rest) = (segments[0], segments.Length == 1);
        if (segment == "**")
        {
            Walk(folder, shown, rest ? ["*"] : segments[1..], found);
            foreach (var below in new DirectoryInfo(folder).EnumerateDirectories().Where(below => below.LinkTarget is null))
                Walk(below.FullName, $"{shown}{below.Name}/", segments, found);
            return;
        }

        if (segment == ".." || (!GoPattern.HasMeta(segment) && !rest))
        {
            Walk(Path.Combine(folder, segment), $"{shown}{segment}/", segments[1..], found);
            return;
        }

        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (!GoPattern.Matches(segment, entry.Name))
                continue;
            if (!rest)
                Walk(entry.FullName, $"{shown}{entry.Name}/", segments[1..], found);
            else if (!Directory.Exists(entry.FullName))
                found.Add(shown + entry.Name);
        }
    }
}
