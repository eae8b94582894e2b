using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register;

/// <summary>Where an environment's register is kept, as signalbox.yml says.</summary>
public abstract record RegisterStore
{
    private static readonly Rule NotAStore = new("SB3420", Severity.Error, "A register's place is not understood");
    private static readonly Rule BadBucket = new("SB3421", Severity.Error, "A register's bucket or prefix is not allowed");

    private const string Scheme = "s3://";
    private const string FileWord = "file";

    private RegisterStore() { }

    public static RegisterStore Default { get; } = new LocalFile();

    /// <summary>`.signalbox/register.ndjson` in the checkout.</summary>
    public sealed record LocalFile : RegisterStore;

    /// <param name="Prefix">Without slashes at its ends; may be empty.</param>
    public sealed record Bucket(string Name, string Prefix) : RegisterStore
    {
        public override string ToString() => Prefix.Length == 0 ? $"{Scheme}{Name}" : $"{Scheme}{Name}/{Prefix}";
    }

    public static Outcome<RegisterStore> Parse(SourceText source, Span span, string text)
    {
        if (text == FileWord)
            return Default;
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return NotAStore.At(source, span, $"{Culprit.Quote(text)} is no place for a register", text.StartsWith("s3", StringComparison.OrdinalIgnoreCase) || NearestName.Of(text, [FileWord]) is null
                ? "write `file`, or a bucket as in `s3://acme-register/blog`"
                : $"did you mean `{FileWord}`?");
        }

        var (bucket, prefix) = text[Scheme.Length..].Split('/', 2) is [var name, var rest] ? (name, rest.TrimEnd('/')) : (text[Scheme.Length..], "");
        if (!IsBucketName(bucket))
            return BadBucket.At(source, span, $"{Culprit.Quote(bucket)} cannot name a bucket", "S3 takes 3 to 63 of `a-z`, `0-9`, `-` and `.`, beginning and ending with a letter or digit");
        return IsPrefix(prefix)
            ? new Bucket(bucket, prefix)
            : BadBucket.At(source, span, $"{Culprit.Quote(prefix)} cannot be a prefix", "use at most 200 of `a-z`, `A-Z`, `0-9`, `-`, `_`, `.` and `/`, without empty parts");
    }

    /// <summary>Naming rules of general purpose buckets (Amazon S3 User Guide).</summary>
    private static bool IsBucketName(string name) =>
        name.Length is >= 3 and <= 63
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.')
        && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal);

    private static bool IsPrefix(string prefix) =>
        prefix.Length == 0
        || (prefix.Length <= 200
            && prefix.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/')
            && prefix.Split('/').All(part => part.Length > 0));
}
