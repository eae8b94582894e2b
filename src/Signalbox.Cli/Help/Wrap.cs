namespace Signalbox.Cli.Help;

internal static class Wrap
{
    /// <summary>The text in lines no longer than the width, broken between words; a longer word stays whole. At least one line.</summary>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line is not "" && line.Length + 1 + word.Length > width)
                {
                    lines.Add(line);
                    line = "";
                }

                line = line is "" ? word : $"{line} {word}";
            }

            lines.Add(line);
        }

        return lines;
    }
}
