using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments;

/// <summary>A file or folder inside the repository, wherever the repository lies.</summary>
public sealed record RepositoryPath
{
    private static readonly Rule NotPortable = new("SB3018", Severity.Error, "A path is absolute or written for one system only");
    private static readonly Rule Outside = new("SB3019", Severity.Error, "A path leads out of the repository");

    private RepositoryPath(string text) => Text = text;

    /// <summary>Relative to the repository, with forward slashes and without `.`, `..` or a slash at the end; `.` is the repository itself.</summary>
    public string Text { get; }

    /// <summary>The folder above; null for the repository itself.</summary>
    public RepositoryPath? Parent => Text switch
    {
        "." => null,
        _ when Text.LastIndexOf('/') is var slash and >= 0 => new RepositoryPath(Text[..slash]),
        _ => new RepositoryPath("."),
    };

    /// <param name="source">The file that holds the path.</param>
    /// <param name="span">Where in it.</param>
    /// <param name="text">The path as written.</param>
    /// <param name="from">The folder that the path is relative to; the repository when null.</param>
    public static Outcome<RepositoryPath> Parse(SourceText source, Span span, string text, RepositoryPath? from = null)
    {
        if (IsAbsolute(text) || text.Contains('\\') || text.Any(char.IsControl))
            return NotPortable.At(source, span, $"{Culprit.Quote(text)} is not a path relative to {NameOf(from)}", "write it relative, with forward slashes, as in `infra/envs/prod`");

        var segments = new Stack<string>(from is null or { Text: "." } ? [] : from.Text.Split('/'));
        foreach (var segment in text.Split('/'))
        {
            if (segment == "..")
            {
                if (!segments.TryPop(out _))
                    return Outside.At(source, span, $"{Culprit.Quote(text)} leads out of the repository", "move what it points at into the repository; plans depend on nothing outside");
            }
            else if (segment is not ("" or "."))
            {
                segments.Push(segment);
            }
        }

        return new RepositoryPath(segments.Count == 0 ? "." : string.Join('/', segments.Reverse()));
    }

    /// <summary>The absolute path in one checkout.</summary>
    public string In(string repositoryFolder) => Path.GetFullPath(Text, repositoryFolder);

    public override string ToString() => Text;

    private static bool IsAbsolute(string text) =>
        text is ['/', ..] or ['~'] or ['~', '/', ..] || (text is [var drive, ':', ..] && char.IsAsciiLetter(drive));

    private static string NameOf(RepositoryPath? folder) => folder is null ? "the repository" : Culprit.Quote(folder.Text);
}
