using System.Text.Json;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>A sealed plan as people and programs are told of it; the same for `plan` and `plan show`.</summary>
internal static class PlanAnswer
{
    public static void Show(Terminal terminal, SealedPlan plan, PlanSummary summary, ValueList<Finding> findings, string file)
    {
        var manifest = plan.UntrustedManifest;
        if (FirstLine(manifest) is { } first)
            terminal.Answer(first);
        terminal.Answer(PlanSummaryText.Render(summary, findings, (tone, text) => Painted(terminal, tone, text)).TrimEnd('\n'));
        ShowFacts(terminal, plan, file);
    }

    public static void ShowFacts(Terminal terminal, SealedPlan plan, string file)
    {
        terminal.Answer("");
        foreach (var (name, value) in Facts(plan, file))
            terminal.Answer($"{name,-9}{value}");
    }

    public static void Write(Utf8JsonWriter writer, SealedPlan plan, string file, ReadOnlyMemory<byte> review, PlanLikeness? likeness = null)
    {
        writer.WriteStartObject();
        writer.WriteString("digest", plan.Digest.Hex);
        writer.WriteString("file", file);
        writer.WritePropertyName("manifest");
        writer.WriteRawValue(plan.UntrustedManifest.ToJson());
        writer.WritePropertyName("review");
        writer.WriteRawValue(review.Span);
        if (likeness is not null)
            LikenessAnswer.Write(writer, plan, likeness);
        writer.WriteEndObject();
    }

    private static IEnumerable<(string Name, string Value)> Facts(SealedPlan plan, string file)
    {
        var manifest = plan.UntrustedManifest;
        yield return ("plan", plan.Digest.Hex);
        yield return ("file", file);
        yield return ("made", $"{manifest.CreatedAt.ToUniversalTime():yyyy-MM-dd HH:mm}Z by {manifest.Author} from {manifest.Commit?[..12] ?? "no commit"}{(manifest.Dirty ? ", with uncommitted changes" : "")}");
        yield return ("for", $"{manifest.Environment} in {manifest.Target} (account {manifest.Account}), state {manifest.Backend} at {manifest.State}");
        yield return ("with", string.Join(", ", manifest.Providers.Prepend(manifest.Terraform).Select(tool => tool.ToString())));
        yield return ("guard", manifest.Verdict);
        yield return ("expires", $"{manifest.ExpiresAt.ToUniversalTime():yyyy-MM-dd HH:mm}Z");
    }

    /// <summary>Whoever plans a parked environment, or changes that, must see it before anything else.</summary>
    private static string? FirstLine(PlanManifest manifest) => manifest switch
    {
        { Movement: not null, ParkIntent: "parked" } => $"This plan parks {manifest.Environment}.",
        { Movement: not null } => $"This plan unparks {manifest.Environment}.",
        { ParkIntent: "parked" } => $"{manifest.Environment} is parked, and this plan keeps it parked.",
        _ => null,
    };

    private static string Painted(Terminal terminal, Tone tone, string text) => tone switch
    {
        Tone.Danger => terminal.Paint(Colour.Red, text),
        Tone.Caution => terminal.Paint(Colour.Yellow, text),
        Tone.Gain => terminal.Paint(Colour.Green, text),
        _ => text,
    };
}
