namespace Signalbox.Diagnostics;

/// <summary>Quotes what a person wrote inside a message.</summary>
public static class Culprit
{
    private const int Longest = 60;

    /// <summary>The text in backticks, on one line and never so long that it hides the sentence.</summary>
    public static string Quote(string text)
    {
        var line = DisplayText.Of(text.Length > Longest ? text[..OffPair(text)] : text).ReplaceLineEndings(" ");
        return text.Length > Longest ? $"`{line}…`" : $"`{line}`";
    }

    private static int OffPair(string text) => char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
}
