using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Signalbox.Tests.Cli;

/// <summary>What a terminal shows after these characters. It knows the sequences we write: back to the first column, up, and erasing.</summary>
internal static partial class Screen
{
    public static string Of(string written)
    {
        var (rows, row, column) = (new List<StringBuilder> { new() }, 0, 0);
        for (var at = 0; at < written.Length; at++)
        {
            switch (written[at])
            {
                case '\r':
                    column = 0;
                    break;
                case '\n':
                    (row, column) = (row + 1, 0);
                    if (row == rows.Count)
                        rows.Add(new StringBuilder());
                    break;
                case '\e' when Sequence.Match(written, at) is { Success: true } match:
                    at += match.Length - 1;
                    switch (match.Groups["number"].Value, match.Groups["what"].Value)
                    {
                        case (var above, "A"):
                            row -= int.Parse(above, CultureInfo.InvariantCulture);
                            break;
                        case ("2", "K"):
                            rows[row].Clear();
                            break;
                        case (_, "K"):
                            rows[row].Length = Math.Min(column, rows[row].Length);
                            break;
                        case (_, "J"):
                            rows[row].Length = Math.Min(column, rows[row].Length);
                            rows.RemoveRange(row + 1, rows.Count - row - 1);
                            break;
                    }

                    break;
                default:
                    if (column < rows[row].Length)
                        rows[row][column] = written[at];
                    else
                        rows[row].Append(' ', column - rows[row].Length).Append(written[at]);
                    column++;
                    break;
            }
        }

        return string.Join('\n', rows);
    }

    [GeneratedRegex("""\G\e\[(?<number>\d*)(?<what>[A-Zm])""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sequence { get; }
}
