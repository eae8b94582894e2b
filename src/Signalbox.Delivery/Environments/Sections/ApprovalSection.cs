using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Guard;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`approval`: who must say yes to a plan, and how.</summary>
internal static class ApprovalSection
{
    private const int MostPeople = 9;

    private static readonly Rule BadCount = new("SB3470", Severity.Error, "A number of approvers is not allowed");
    private static readonly Rule BadStrength = new("SB3471", Severity.Error, "A strength of approval is not known");
    private static readonly Rule NotAFinding = new("SB3472", Severity.Error, "No finding has this code");

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(30);
    private static readonly string[] Strengths = [.. Enum.GetValues<ApprovalStrength>().Select(strength => strength.Word())];

    public static SectionShape Shape { get; } = new(
    [
        new("required"),
        new("count"),
        new("strength"),
        new("findings", SectionShape.OfNames()),
        new("allowed_signers"),
        new("base"),
        new("author_may_approve"),
        new("expires_after"),
        new("carry_over"),
        new("freeze"),
    ]);

    /// <summary>Approval is required unless the file clearly says otherwise.</summary>
    public static ApprovalPolicy Read(Setting setting)
    {
        var policy = new ApprovalPolicy();
        if (setting.Open(Shape) is not { } section)
            return policy;
        return new ApprovalPolicy
        {
            Required = section.Find("required")?.Flag() ?? policy.Required,
            Count = section.Find("count") is { } count ? Count(count) ?? policy.Count : policy.Count,
            Strength = section.Find("strength") is { } strength ? Strength(strength) ?? policy.Strength : policy.Strength,
            Findings = section.Find("findings") is { } findings ? Findings(findings) : [],
            AllowedSigners = section.Find("allowed_signers") is { } signers ? SignersFile(signers) : null,
            Base = section.Find("base")?.Text(),
            AuthorMayApprove = section.Find("author_may_approve")?.Flag() ?? policy.AuthorMayApprove,
            Lifetime = section.Find("expires_after") is { } expiry && DurationSetting.Read(expiry, LongestLifetime) is { } lifetime ? lifetime : policy.Lifetime,
            CarryOver = section.Find("carry_over")?.Flag() ?? policy.CarryOver,
            Freezes = section.Find("freeze") is { } freezes ? [.. freezes.Items().Select(FreezeSetting.Read).OfType<FreezeWindow>()] : [],
        };
    }

    private static int? Count(Setting setting)
    {
        if (setting.Text() is not { } text)
            return null;
        if (int.TryParse(text, out var count) && count is >= 1 and <= MostPeople)
            return count;
        setting.Report(BadCount, $"{Culprit.Quote(text)} people cannot be asked", $"write a number from 1 to {MostPeople}");
        return null;
    }

    private static ApprovalStrength? Strength(Setting setting)
    {
        if (setting.Text() is not { } text)
            return null;
        if (ApprovalStrengths.Parse(text) is { } strength)
            return strength;
        setting.Report(BadStrength, $"{Culprit.Quote(text)} is no strength of approval", NearestName.Of(text, Strengths) is { } nearest ? $"did you mean `{nearest}`?" : $"choose from {string.Join(", ", Strengths.Select(word => $"`{word}`"))}");
        return null;
    }

    private static ValueList<FindingStrength> Findings(Setting setting)
    {
        var strengths = new List<FindingStrength>();
        foreach (var finding in setting.Open(SectionShape.OfNames())?.Settings ?? [])
        {
            if (!PlanGuard.Rules.Any(rule => rule.Code == finding.Name))
                finding.Reading.Problems.Add(NotAFinding.At(finding.Reading.Source, finding.NameSpan, $"the guard has no finding {Culprit.Quote(finding.Name)}", "copy the code from the findings of a plan"));
            if (Strength(finding) is { } strength)
                strengths.Add(new FindingStrength(finding.Name, strength));
        }

        return [.. strengths];
    }

    /// <summary>It need not be in this checkout: what counts is the file at the base commit.</summary>
    private static RepositoryPath? SignersFile(Setting setting) =>
        setting.Text() is { } text ? setting.Reading.Problems.Take(RepositoryPath.Parse(setting.Reading.Source, setting.Place, text)) : null;
}
