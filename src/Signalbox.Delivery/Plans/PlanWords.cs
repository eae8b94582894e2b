using System.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>The sentences that the text and the Markdown of a summary share.</summary>
internal static class PlanWords
{
    public const string NoChanges = "No changes.";

    /// <summary>"2 to replace, 1 to delete, 150 to create".</summary>
    public static string Counts(PlanSummary summary)
    {
        var counts = summary.Counts;
        var moved = summary.Changes.Count(change => change.PreviousAddress is not null);
        var parts = new (int Count, string Word)[]
        {
            (counts.Replace, "to replace"), (counts.Delete, "to delete"), (counts.Forget, "to forget"), (counts.Update, "to update"),
            (counts.Create, "to create"), (counts.Import, "to import"), (Math.Max(counts.Move, moved), "to move"),
            (summary.Outputs.Count, summary.Outputs.Count == 1 ? "output to change" : "outputs to change"),
        };
        return string.Join(", ", parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Word}"));
    }

    public static string Heading(PlannedAction action) => action switch
    {
        PlannedAction.Replace => "Replace",
        PlannedAction.Delete => "Delete",
        PlannedAction.Forget => "Forget (it stays, but Terraform no longer manages it)",
        PlannedAction.Update => "Update",
        PlannedAction.Create => "Create",
        PlannedAction.Import => "Import",
        PlannedAction.Move => "Move",
        PlannedAction.Read => "Read while applying",
        PlannedAction.None => "Leave",
        _ => throw new UnreachableException(),
    };

    public static string Module(string module) => module.Length == 0 ? "root module" : module;

    /// <summary>What is to be known about a change besides its attributes; empty when nothing is.</summary>
    public static string Remarks(ChangedResource change)
    {
        var remarks = new List<string>();
        if (change.Action == PlannedAction.Replace)
            remarks.Add(change.CreatesFirst ? "created before the old one is destroyed" : "destroyed, then created");
        if (change.Deposed is { } deposed)
            remarks.Add($"leftover {deposed} of an earlier replacement");
        if (ActionReasons.Words(change.Reason) is { } reason)
            remarks.Add(reason);
        if (change.PreviousAddress is { } previous)
            remarks.Add($"moved from {previous}");
        if (change.ImportId is { } id)
            remarks.Add($"imported as {id}");
        return EscapedText.Safe(string.Join(", ", remarks));
    }

    public static string Renewed(int count) => count == 1 ? "1 attribute is new with it" : $"{count} attributes are new with it";
}
