using System.Text.Json;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Images;

/// <summary>The list of a family's images for people and programs.</summary>
internal static class ImageTable
{
    private static readonly string[] Head = ["TAG", "DIGEST", "SIZE", "PLATFORM", "COMMIT", "PUSHED", ""];

    public static void Show(Terminal terminal, ValueList<ImageRow> rows, int total, ImageFamily family)
    {
        if (rows.Count == 0)
        {
            terminal.Say($"note: the repository `{family.Repository}` holds no image of the family `{family.Name}`");
            return;
        }

        string[][] cells = [Head, .. rows.Select(Cells)];
        int[] widths = [.. Enumerable.Range(0, Head.Length).Select(column => cells.Max(row => row[column].Length))];
        foreach (var row in cells)
            terminal.Answer(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        if (rows.Count < total)
            terminal.Say($"note: {total - rows.Count} older are not shown; `--limit 0` shows all");
    }

    public static void Write(Utf8JsonWriter writer, ValueList<ImageRow> rows, int total)
    {
        writer.WriteStartObject();
        writer.WriteNumber("total", total);
        writer.WriteStartArray("images");
        foreach (var row in rows)
        {
            ImageJson.Write(writer, row.Image, more =>
            {
                ImageJson.WriteDescription(more, row.Description);
                if (row.PinnedBy is not null)
                    more.WriteString("pinned_by", row.PinnedBy);
                more.WriteBoolean("running", row.IsRunning);
            });
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string[] Cells(ImageRow row)
    {
        string?[] remarks =
        [
            row.PinnedBy is null ? null : $"pinned by {row.PinnedBy}",
            row.IsRunning ? "running" : null,
            row.Description switch
            {
                null => "cannot be read",
                { IsStandIn: true } => "on a stand-in",
                { Family: { } family } when family != row.Image.Family.Name => $"labelled {family}",
                _ => null,
            },
        ];
        return
        [
            row.Image.Tag,
            row.Image.Image.Digest.Abbreviated,
            Size(row.Image.Image.Size),
            row.Description is { Platforms.Count: > 0 } description ? string.Join(",", description.Platforms) : "?",
            row.Description?.Commit is { Length: > 7 } commit ? commit[..7] : row.Description?.Commit ?? "?",
            $"{row.Image.Image.PushedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z",
            string.Join(", ", remarks.OfType<string>()),
        ];
    }

    private static string Size(long? bytes) => bytes switch
    {
        null => "?",
        < 1_000_000 => $"{bytes / 1000.0:0} kB",
        < 1_000_000_000 => $"{bytes / 1_000_000.0:0.0} MB",
        _ => $"{bytes / 1_000_000_000.0:0.00} GB",
    };
}
