using System.Text.Json;
using Signalbox.Delivery.Recovery;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>What recovery found and did.</summary>
/// <param name="Applying">The entry of the apply that was cut short, or that failed and left something; null when there was none.</param>
/// <param name="Failed">It said itself that it failed.</param>
/// <param name="ReleasedLock">The id of the lock that was let go; null when the state was free.</param>
/// <param name="Draft">The file with import blocks; null when nothing needs adopting.</param>
internal sealed record RecoveredApply(RegisterEntry? Applying, bool Failed, string? ReleasedLock, CutShortApply? Apply, string? Draft, ValueList<Diagnostic> Remarks);

/// <summary>The same, for people and for programs.</summary>
internal static class RecoveryAnswer
{
    public static void Show(Terminal terminal, RecoveredApply recovered, string environment, string folder)
    {
        if (recovered.Applying is not { } applying || recovered.Apply is not { } apply)
        {
            terminal.Answer(recovered.ReleasedLock is { } left ? $"The lock {left} of an apply that failed was let go; it left nothing else." : "No apply was cut short, and nobody holds the state's lock.");
            return;
        }

        terminal.Answer($"{applying.Note.Actor.Name} began to apply plan {applying.Note.Plan} at {applying.At:yyyy-MM-dd HH:mm:ss}Z; {(recovered.Failed ? "it failed" : "it never ended")}.");
        terminal.Answer(recovered.ReleasedLock is { } id ? $"Its lock {id} was let go." : "The state was not locked.");
        terminal.Answer($"The state knows {apply.Kept} of the {apply.Kept + apply.Orphans.Count} resources that were begun or made.");
        foreach (var orphan in apply.Orphans)
            terminal.Answer(terminal.Paint(Colour.Red, $"  {(orphan.WasCompleted ? "made, not in the state" : "begun, not in the state")}  {orphan.Address}{(orphan.Id is { } known ? $"  {known}" : "")}  {Where(orphan)}"));
        foreach (var unsure in apply.Unsure)
            terminal.Answer($"  {unsure.Action} {(unsure.WasCompleted ? "was done" : "was begun")}  {unsure.Address}");
        terminal.Answer("");
        if (recovered.Draft is { } draft)
            terminal.Answer($"Import blocks that adopt them: {Path.GetRelativePath(folder, draft)}");
        terminal.Answer($"Next: run `signalbox plan {environment}`, and read whether it would make again what is there.");
    }

    private static string Where(LooseEnd orphan) => orphan switch
    {
        { InAccount: true } => "it is in the account",
        { InAccount: false } => "it is gone from the account",
        { Id: null } => "its id is not known: look whether it is in the account",
        _ => "not known whether it is in the account",
    };

    public static void Write(Utf8JsonWriter writer, RecoveredApply recovered)
    {
        writer.WriteStartObject();
        writer.WriteString("plan", recovered.Applying?.Note.Plan?.Hex);
        writer.WriteString("released_lock", recovered.ReleasedLock);
        writer.WriteNumber("kept", recovered.Apply?.Kept ?? 0);
        Ends(writer, "orphans", recovered.Apply?.Orphans ?? []);
        Ends(writer, "unsure", recovered.Apply?.Unsure ?? []);
        writer.WriteString("draft", recovered.Draft);
        writer.WritePropertyName("remarks");
        DiagnosticJson.Write(writer, recovered.Remarks);
        writer.WriteEndObject();
    }

    private static void Ends(Utf8JsonWriter writer, string name, ValueList<LooseEnd> ends)
    {
        writer.WriteStartArray(name);
        foreach (var end in ends)
        {
            writer.WriteStartObject();
            writer.WriteString("address", end.Address);
            writer.WriteString("action", end.Action);
            writer.WriteString("id", end.Id);
            writer.WriteBoolean("completed", end.WasCompleted);
            if (end.InAccount is { } inAccount)
                writer.WriteBoolean("in_account", inAccount);
            else
                writer.WriteNull("in_account");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
