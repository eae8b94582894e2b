using Signalbox.Delivery.Guard;
using Xunit;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Guard;

/// <summary>Asks the guard about one change in the form of Terraform's plan JSON and gives `deny SB3101` and so on.</summary>
internal static class GuardAnswers
{
    public static async Task<string> To(string change, GuardPolicy? policy = null)
    {
        var reading = await Read(Plan([change]), policy);
        Assert.All(reading.Findings, finding => Assert.False(string.IsNullOrEmpty(finding.Hint)));
        return string.Join(", ", reading.Findings.Select(finding => $"{finding.Judgement.Word()} {finding.Rule.Code}"));
    }

    public static Task<string> ToUpdate(string type, string before, string after, string unknown = "{}") =>
        To(Change($"{type}.this", "update", before, after, unknown));

    public static Task<string> ToCreate(string type, string after, string unknown = "{}") =>
        To(Change($"{type}.this", "create", after: after, unknown: unknown));
}
