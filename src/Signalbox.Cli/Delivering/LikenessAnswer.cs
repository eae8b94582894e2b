using System.Diagnostics;
using System.Text.Json;
using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Plans;

namespace Signalbox.Cli.Delivering;

/// <summary>What `plan --like` answers: not the whole plan again, only in what it is another one, and what becomes of the signatures.</summary>
internal static class LikenessAnswer
{
    public static void Show(Terminal terminal, PlannedDelivery planned, PlanLikeness likeness, ApprovalPolicy policy, string file)
    {
        terminal.Answer(likeness.IsSame
            ? $"This plan means exactly what plan {likeness.Earlier} means."
            : $"This plan is not what plan {likeness.Earlier} was: {Counted(likeness.Differences.Count)}.");
        foreach (var kind in likeness.Differences.GroupBy(difference => difference.Kind))
        {
            terminal.Answer("");
            terminal.Answer(Heading(kind.Key));
            foreach (var difference in kind)
            {
                terminal.Answer($"    {terminal.Paint(Colour.Yellow, difference.Subject)}");
                foreach (var detail in difference.Details)
                    terminal.Answer($"        {detail}");
            }
        }

        terminal.Answer("");
        terminal.Answer(Consequence(planned, likeness, policy, file));
        PlanAnswer.ShowFacts(terminal, planned.Plan, file);
    }

    public static void Write(Utf8JsonWriter writer, SealedPlan plan, PlanLikeness likeness)
    {
        writer.WriteStartObject("like");
        writer.WriteString("plan", likeness.Earlier.Hex);
        writer.WriteBoolean("carries_over", plan.UntrustedManifest.SameAs is not null);
        writer.WriteStartArray("differences");
        foreach (var difference in likeness.Differences)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Word(difference.Kind));
            writer.WriteString("subject", difference.Subject);
            writer.WriteStartArray("details");
            foreach (var detail in difference.Details)
                writer.WriteStringValue(detail);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Consequence(PlannedDelivery planned, PlanLikeness likeness, ApprovalPolicy policy, string file) => (likeness.IsSame, policy.CarryOver) switch
    {
        (true, true) => $"Signatures on plan {likeness.Earlier} count for this one as long as they count at all: `signalbox apply {planned.Plan.UntrustedManifest.Environment} {file}`.",
        (true, false) => "The policy carries no signature over (`approval.carry_over` in signalbox.yml): this plan needs its own.",
        (false, _) => $"Nobody has approved that: review it with `signalbox plan show {file}`, then `signalbox sign {file}`.",
    };

    private static string Counted(int count) => count == 1 ? "1 difference" : $"{count} differences";

    private static string Heading(Unlikeness kind) => kind switch
    {
        Unlikeness.NowAlso => "Now also",
        Unlikeness.NoLonger => "No longer",
        Unlikeness.Otherwise => "Otherwise than before",
        Unlikeness.NewFinding => "New findings of the guard",
        Unlikeness.MadeOtherwise => "Made otherwise",
        _ => throw new UnreachableException(),
    };

    private static string Word(Unlikeness kind) => kind switch
    {
        Unlikeness.NowAlso => "now_also",
        Unlikeness.NoLonger => "no_longer",
        Unlikeness.Otherwise => "otherwise",
        Unlikeness.NewFinding => "new_finding",
        Unlikeness.MadeOtherwise => "made_otherwise",
        _ => throw new UnreachableException(),
    };
}
