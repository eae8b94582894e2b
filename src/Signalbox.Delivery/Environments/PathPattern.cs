using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments;

/// <summary>A pattern for files of the repository: `*` and `?` stay inside one folder, `**` is any number of folders.</summary>
public sealed record PathPattern
{
    private static readonly Rule BadPattern = new("SB3029", Severity.Error, "A file pattern uses something that is not understood");

    private readonly ValueList<string> _segments;

    private PathPattern(string text)
    {
        Text = text;
        _segments = [.. text.Split('/')];
    }

    /// <summary>Relative to the repository, with forward slashes.</summary>
    public string Text { get; }

    public static Outcome<PathPattern> Parse(SourceText source, Span span, string text)
    {
        if (text.AsSpan().ContainsAny("[]{}!"))
            return BadPattern.At(source, span, $"{Culprit.Quote(text)} uses more than `*`, `?` and `**`", "write one pattern for each alternative");
        if (!RepositoryPath.Parse(source, span, text).Succeeded(out var path, out var problems))
            return new Outcome<PathPattern>.Failure(problems);
        return new PathPattern(path.Text);
    }

    /// <param name="path">A file, relative to the repository, with forward slashes.</param>
    public bool Matches(string path) => Matches(path.Split('/'));

    public override string ToString() => Text;

    /// <summary>Walks the path with the set of pattern positions that are possible so far, so no pattern can make it slow.</summary>
    private bool Matches(string[] path)
    {
        var possible = new bool[_segments.Count + 1];
        possible[0] = true;
        SkipAnyFolders(possible);
        foreach (var name in path)
        {
            var next = new bool[possible.Length];
            for (var at = 0; at < _segments.Count; at++)
            {
                if (!possible[at])
                    continue;
                if (_segments[at] == "**")
                    next[at] = true;
                else if (NameMatches(_segments[at], name))
                    next[at + 1] = true;
            }

            SkipAnyFolders(next);
            possible = next;
        }

        return possible[^1];
    }

    /// <summary>`**` also stands for no folder at all.</summary>
    private void SkipAnyFolders(bool[] possible)
    {
        for (var at = 0; at < _segments.Count; at++)
            possible[at + 1] |= possible[at] && _segments[at] == "**";
    }

    /// <summary>The usual single-star matching: on a mismatch, the last star takes one letter more.</summary>
    private static bool NameMatches(string pattern, string name)
    {
        var (at, letter, star, retry) = (0, 0, -1, 0);
        while (letter < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
                (star, retry, at) = (at, letter, at + 1);
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == name[letter]))
                (at, letter) = (at + 1, letter + 1);
            else if (star >= 0)
                (at, letter, retry) = (star + 1, retry + 1, retry + 1);
            else
                return false;
        }

        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }
}
