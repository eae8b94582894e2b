using System.Diagnostics;
using System.Text;
using Signalbox.Delivery.Guard;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>What a piece of the text means; a terminal may colour it, and nothing is said by colour alone.</summary>
public enum Tone
{
    Danger,
    Caution,
    Gain,
    Faint,
}

/// <summary>A summary for a terminal or a log.</summary>
public static class PlanSummaryText
{
    /// <summary>Drift is background to a plan; its whole list is in the JSON.</summary>
    private const int LongestDrift = 20;

    /// <param name="paint">Wraps text in whatever makes it coloured; null leaves it plain.</param>
    public static string Render(PlanSummary summary, ValueList<Finding> findings, Func<Tone, string, string>? paint = null)
    {
        var writer = new Writer(paint ?? ((_, text) => text));
        writer.Write(summary, findings);
        return writer.ToString();
    }

    private sealed class Writer(Func<Tone, string, string> paint)
    {
        private readonly StringBuilder _text = new();

        public override string ToString() => _text.ToString();

        public void Write(PlanSummary summary, ValueList<Finding> findings)
        {
            Line(summary.HasChanges ? $"Plan: {PlanWords.Counts(summary)}." : PlanWords.NoChanges);
            WriteFindings(findings);
            foreach (var action in summary.Changes.GroupBy(change => change.Action))
                WriteAction(action.Key, [.. action]);
            WriteOutputs(summary.Outputs);
            WriteDrift(summary.Drift);
        }

        /// <summary>One rule is explained once, however many resources it speaks of.</summary>
        private void WriteFindings(ValueList<Finding> findings)
        {
            if (findings.Verdict() is not { } verdict)
                return;

            Line("");
            Line(paint(ToneOf(verdict), $"Guard: {verdict.Word()}"));
            foreach (var rule in findings.GroupBy(finding => (finding.Judgement, finding.Rule)))
            {
                Line($"  {paint(ToneOf(rule.Key.Judgement), $"{rule.Key.Judgement.Word()}[{DisplayText.Safe(rule.Key.Rule.Code)}]")}: {DisplayText.Safe(rule.Key.Rule.Title)}");
                foreach (var finding in rule)
                    Line($"    {DisplayText.Safe(finding.Address)}: {DisplayText.Safe(finding.Message)}");
                foreach (var hint in rule.Select(finding => finding.Hint).OfType<string>().Distinct(StringComparer.Ordinal))
                    Line($"    {paint(Tone.Faint, $"hint: {DisplayText.Safe(hint)}")}");
            }
        }

        private void WriteAction(PlannedAction action, List<ChangedResource> changes)
        {
            Line("");
            Line($"{PlanWords.Heading(action)} ({changes.Count})");
            foreach (var module in changes.GroupBy(change => change.Module, StringComparer.Ordinal))
            {
                Line($"  {paint(Tone.Faint, DisplayText.Safe(PlanWords.Module(module.Key)))}");
                foreach (var change in module)
                    WriteChange(change);
            }
        }

        private void WriteChange(ChangedResource change)
        {
            var line = $"    {Sign(change)} {Below(change)}";
            if (change.Action is PlannedAction.Create or PlannedAction.Delete or PlannedAction.Forget)
            {
                foreach (var attribute in change.Attributes)
                    line += paint(Tone.Faint, $"  {DisplayText.Safe(attribute.Path)} = {Shown(attribute.New is PlanValue.Absent ? attribute.Old : attribute.New)}");
            }

            var remarks = PlanWords.Remarks(change);
            Line(remarks.Length == 0 ? line : $"{line}  ({remarks})");
            if (change.Action is not (PlannedAction.Update or PlannedAction.Replace))
                return;
            WriteAttributes(change.Attributes, "        ");
            if (change.RenewedAttributes > 0)
                Line(paint(Tone.Faint, $"        ({PlanWords.Renewed(change.RenewedAttributes)})"));
        }

        private void WriteAttributes(ValueList<AttributeChange> attributes, string indent)
        {
            foreach (var attribute in attributes)
            {
                var forces = attribute.ForcesReplacement ? paint(Tone.Danger, "  # forces replacement") : "";
                Line($"{indent}{DisplayText.Safe(attribute.Path)}: {Shown(attribute.Old)} → {Shown(attribute.New)}{forces}");
            }
        }

        private void WriteOutputs(ValueList<ChangedOutput> outputs)
        {
            if (outputs.Count == 0)
                return;

            Line("");
            Line($"Outputs ({outputs.Count})");
            foreach (var output in outputs)
            {
                if (output.Attributes.Count == 0)
                    Line($"    {DisplayText.Safe(output.Name)}");
                WriteAttributes(output.Attributes, "    ");
            }
        }

        private void WriteDrift(ValueList<string> drift)
        {
            if (drift.Count == 0)
                return;

            Line("");
            Line($"Changed outside Terraform ({drift.Count})");
            foreach (var address in drift.Take(LongestDrift))
                Line($"    {DisplayText.Safe(address)}");
            if (drift.Count > LongestDrift)
                Line($"    and {drift.Count - LongestDrift} more");
        }

        private string Sign(ChangedResource change) => change.Action switch
        {
            PlannedAction.Replace => paint(Tone.Danger, change.CreatesFirst ? "+/-" : "-/+"),
            PlannedAction.Delete => paint(Tone.Danger, "-"),
            PlannedAction.Forget => paint(Tone.Danger, "x"),
            PlannedAction.Update => paint(Tone.Caution, "~"),
            PlannedAction.Create => paint(Tone.Gain, "+"),
            PlannedAction.Import or PlannedAction.Move => ">",
            PlannedAction.Read or PlannedAction.None => "=",
            _ => throw new UnreachableException(),
        };

        /// <summary>The address below its module, whose name stands above already.</summary>
        private static string Below(ChangedResource change) => DisplayText.Safe(
            change.Module.Length > 0 && change.Address.StartsWith($"{change.Module}.", StringComparison.Ordinal)
                ? change.Address[(change.Module.Length + 1)..]
                : change.Address);

        private static string Shown(PlanValue value) => DisplayText.Safe(value.ToString()!);

        private static Tone ToneOf(Judgement judgement) => judgement switch
        {
            Judgement.Deny => Tone.Danger,
            Judgement.Hold => Tone.Caution,
            Judgement.Note => Tone.Faint,
            _ => throw new UnreachableException(),
        };

        private void Line(string text) => _text.Append(text).Append('\n');
    }
}
