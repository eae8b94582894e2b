using System.Text;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Workplaces;

/// <summary>A command line as the `shell` key holds one, and words as a shell takes them.</summary>
internal static class ShellLine
{
    /// <summary>The words of a line: separated by blanks, with quotes and backslashes as in a shell, nothing expanded.</summary>
    public static ValueList<string> Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char? quote = null;
        for (var at = 0; at < line.Length; at++)
        {
            var character = line[at];
            if (quote is { } open)
            {
                if (character == open)
                    quote = null;
                else
                    word!.Append(character == '\\' && open == '"' && at + 1 < line.Length && line[at + 1] is '"' or '\\' ? line[++at] : character);
            }
            else if (character is '"' or '\'')
            {
                (quote, word) = (character, word ?? new StringBuilder());
            }
            else if (char.IsWhiteSpace(character))
            {
                if (word is not null)
                    words.Add(word.ToString());
                word = null;
            }
            else
            {
                (word ??= new StringBuilder()).Append(character == '\\' && at + 1 < line.Length ? line[++at] : character);
            }
        }

        if (word is not null)
            words.Add(word.ToString());
        return [.. words];
    }

    public static string Quote(string word) =>
        word.Length > 0 && word.All(character => char.IsAsciiLetterOrDigit(character) || "_-./=:,@+%".Contains(character, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
