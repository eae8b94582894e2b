using System.Text;
using Signalbox.Delivery.Guard;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>A summary for a pull request's comment: GitHub refuses more than 65,536 characters, so the rest is counted, not listed.</summary>
public static class PlanSummaryMarkdown
{
    private const int Room = 60_000;

    /// <summary>A longer list is folded away.</summary>
    private const int LongestOpenList = 12;

    public static string Render(PlanSummary summary, ValueList<Finding> findings)
    {
        var writer = new Writer();
        writer.Write(summary, findings);
        return writer.ToString();
    }

    private sealed class Writer
    {
        private readonly StringBuilder _text = new();

        public override string ToString() => _text.ToString();

        public void Write(PlanSummary summary, ValueList<Finding> findings)
        {
            Line(summary.HasChanges ? $"**Plan: {PlanWords.Counts(summary)}.**" : PlanWords.NoChanges);
            if (findings.Verdict() is { } verdict)
                Section($"Guard: {verdict.Word()}", ["Rule", "Resource", "Finding"], [.. findings.Select(Row)], isOpen: true);
            foreach (var action in summary.Changes.GroupBy(change => change.Action))
            {
                var changes = action.ToList();
                Section($"{PlanWords.Heading(action.Key)} ({changes.Count})", ["Resource", "Attribute", "Old", "New"], [.. changes.SelectMany(Rows)], isOpen: action.Key <= PlannedAction.Forget);
            }

            if (summary.Outputs.Count > 0)
                Section($"Outputs ({summary.Outputs.Count})", ["Output", "Old", "New"], [.. summary.Outputs.SelectMany(Rows)], isOpen: false);
            if (summary.Drift.Count > 0)
                Section($"Changed outside Terraform ({summary.Drift.Count})", ["Resource"], [.. summary.Drift.Select(address => Cells(MarkdownText.Code(address)))], isOpen: false);
        }

        private static string Row(Finding finding) => Cells(
            $"{finding.Judgement.Word()} {MarkdownText.Escaped(finding.Rule.Code)}",
            MarkdownText.Code(finding.Address),
            $"{MarkdownText.Code(finding.Message)}{(finding.Hint is { } hint ? $"<br>{MarkdownText.Escaped(hint)}" : "")}");

        private static IEnumerable<string> Rows(ChangedResource change)
        {
            var remarks = PlanWords.Remarks(change);
            var name = MarkdownText.Code(change.Address) + (remarks.Length == 0 ? "" : $"<br>{MarkdownText.Escaped(remarks)}");
            if (change.Attributes.Count == 0)
                yield return Cells(name, "", "", "");
            foreach (var (index, attribute) in change.Attributes.Index())
            {
                var forces = attribute.ForcesReplacement ? " **forces replacement**" : "";
                yield return Cells(index == 0 ? name : "", MarkdownText.Code(attribute.Path) + forces, Value(attribute.Old), Value(attribute.New));
            }

            if (change.RenewedAttributes > 0)
                yield return Cells("", PlanWords.Renewed(change.RenewedAttributes), "", "");
        }

        private static IEnumerable<string> Rows(ChangedOutput output) => output.Attributes.Count == 0
            ? [Cells(MarkdownText.Code(output.Name), "", "")]
            : output.Attributes.Select(attribute => Cells(MarkdownText.Code(attribute.Path), Value(attribute.Old), Value(attribute.New)));

        private static string Value(PlanValue value) => value switch
        {
            PlanValue.Shown shown => MarkdownText.Code(shown.Text),
            PlanValue.Absent => "",
            _ => MarkdownText.Escaped(value.ToString()!),
        };

        private static string Cells(params string[] cells) => $"| {string.Join(" | ", cells)} |";

        private void Section(string title, string[] columns, List<string> rows, bool isOpen)
        {
            Line("");
            var isFolded = rows.Count > LongestOpenList;
            Line(isFolded ? $"<details{(isOpen ? " open" : "")}><summary>{title}</summary>" : $"### {title}");
            Line("");
            Line(Cells(columns));
            Line(Cells([.. columns.Select(_ => "---")]));
            var written = 0;
            while (written < rows.Count && _text.Length + rows[written].Length < Room)
                Line(rows[written++]);

            if (written < rows.Count)
            {
                Line("");
                Line($"{rows.Count - written} more rows do not fit here; the whole list is in the plan's text and JSON.");
            }

            if (isFolded)
            {
                Line("");
                Line("</details>");
            }
        }

        private void Line(string text) => _text.Append(text).Append('\n');
    }
}
