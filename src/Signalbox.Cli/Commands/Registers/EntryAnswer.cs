using System.Text.Json;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Register;

namespace Signalbox.Cli.Commands.Registers;

/// <summary>Entries of the register, for people and for programs.</summary>
internal static class EntryAnswer
{
    public static void Show(Terminal terminal, IReadOnlyList<RegisterEntry> entries)
    {
        if (entries.Count == 0)
        {
            terminal.Answer("The register has no such entry.");
            return;
        }

        string[][] rows = [.. entries.Select(Row)];
        var widths = Enumerable.Range(0, rows[0].Length - 1).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var (row, entry) in rows.Zip(entries))
        {
            var line = string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadLeft(widths[0]) : column < widths.Length ? cell.PadRight(widths[column]) : cell)).TrimEnd();
            terminal.Answer(ColourOf(entry.Note.Kind) is { } colour ? terminal.Paint(colour, line) : line);
        }
    }

    /// <summary>Entries as they are stored: one spelling everywhere.</summary>
    public static void Write(Utf8JsonWriter writer, string place, IReadOnlyList<RegisterEntry> entries)
    {
        writer.WriteStartObject();
        writer.WriteString("register", place);
        writer.WriteStartArray("entries");
        foreach (var entry in entries)
            writer.WriteRawValue(entry.ToJson().Span);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string[] Row(RegisterEntry entry)
    {
        var note = entry.Note;
        return
        [
            entry.Sequence.ToString(),
            $"{entry.At:yyyy-MM-dd HH:mm:ss}Z",
            note.Kind == EntryKind.BrokeGlass ? "BROKE GLASS" : note.Kind.Word().Replace('_', ' '),
            note.Environment is null ? note.Target.Word() : $"{note.Environment} in {note.Target.Word()}",
            note.Plan?.ToString() ?? "",
            $"{note.Actor.Name} ({note.Actor.Evidence})",
            string.Join(", ", Words(note)),
        ];
    }

    private static IEnumerable<string> Words(RegisterNote note) =>
    [
        .. note.Outcome is { Length: > 0 } outcome && outcome != note.Kind.Word() ? (string[])[outcome] : [],
        .. note.Facts.Where(fact => fact.Value.Length <= 40 && fact.Name is not ("writer" or "nonce" or "account" or "state_serial" or "lease")).Select(Words),
        .. note.Duration is { } duration ? (string[])[$"in {Duration.Words(duration)}"] : [],
    ];

    private static string Words(RegisterFact fact)
    {
        var name = fact.Name.Replace('_', ' ');
        return fact.Value == "true" ? name : fact.Value.All(char.IsAsciiDigit) ? $"{fact.Value} {name}" : $"{name} {fact.Value}";
    }

    private static Colour? ColourOf(EntryKind kind) => kind switch
    {
        EntryKind.Failed or EntryKind.BrokeGlass => Colour.Red,
        EntryKind.Rejected => Colour.Yellow,
        EntryKind.Applied => Colour.Green,
        _ => null,
    };
}
