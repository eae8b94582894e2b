using System.Buffers;

namespace Signalbox.Delivery.Images;

/// <summary>What an image is, whatever it is called: `sha256:` and 64 lower-case hexadecimal digits.</summary>
public sealed record ImageDigest
{
    private const string Prefix = "sha256:";
    private const int HexDigits = 64;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private ImageDigest(string text) => Text = text;

    public string Text { get; }

    /// <summary>Enough of it for a person to tell two apart.</summary>
    public string Abbreviated => Text.Substring(Prefix.Length, 12);

    public static ImageDigest? Parse(string? text) =>
        text is not null
        && text.Length == Prefix.Length + HexDigits
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept(LowerHex)
            ? new ImageDigest(text)
            : null;

    public override string ToString() => Text;
}
