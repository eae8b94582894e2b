using Signalbox.Diagnostics;

namespace Signalbox.Cli.Tools;

/// <summary>The tools we need, from the one table that scripts/setup.sh reads too.</summary>
internal static class ToolTable
{
    public static ValueList<Tool> All { get; } = Parse(EmbeddedText.Read("tools.tsv"));

    /// <remarks>The table is ours and embedded: a row that does not parse is a bug, and a test reads the table.</remarks>
    internal static ValueList<Tool> Parse(string table) =>
        [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')).Select(ParseRow)];

    private static Tool ParseRow(string line)
    {
        var cells = line.Split('\t');
        return new Tool(
            Name: cells[0],
            OneOf: cells[1],
            Need: Enum.Parse<Need>(cells[2], ignoreCase: true),
            Minimum: VersionOrNone(cells[3]),
            Below: VersionOrNone(cells[4]),
            Probe: [.. cells[5].Split(' ')],
            Follows: cells[6] is "-" ? "" : cells[6],
            Purpose: cells[11],
            Advice: cells[12]);
    }

    private static Version? VersionOrNone(string cell) => cell is "-" ? null : Version.Parse(cell);
}
