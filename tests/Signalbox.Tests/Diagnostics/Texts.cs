using CsCheck;

namespace Signalbox.Tests.Diagnostics;

/// <summary>Texts of everything that makes an excerpt hard.</summary>
internal static class Texts
{
    private static readonly string[] Pieces =
    [
        "a", "key: value", " ", "\t", "\n", "\r", "\r\n", "é", "e\u0301", "\u0301", "日本", "😀", "👩‍👩‍👧", "🇬🇧", "❤\uFE0F", "\uD83D", "\uDE00",
        "\0", "\e[31m", "\u202E", "\u200B", "\u2028", "\u0085", "\uFEFF", "한", new string('x', 130), new string('世', 70),
    ];

    public static Gen<string> Any { get; } =
        Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 12].Select(string.Concat);
}
