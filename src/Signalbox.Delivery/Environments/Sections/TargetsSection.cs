using System.Text.RegularExpressions;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`targets`: where the environment may live.</summary>
internal static partial class TargetsSection
{
    private const int AccountDigits = 12;

    private static readonly Rule BadAccount = new("SB3024", Severity.Error, "An account is not twelve digits");
    private static readonly Rule BadRegion = new("SB3025", Severity.Error, "A region is not written as AWS writes it");

    private static readonly KnownKey Variables = new("variables", SectionShape.OfNames());
    private static readonly SectionShape Sandbox = new([Variables]);
    private static readonly SectionShape Aws = new([new("account"), new("region"), Variables]);

    public static SectionShape Shape { get; } = new(
    [
        new(Target.Sandbox.Word(), Sandbox),
        new(Target.Aws.Word(), Aws),
    ]);

    public static ValueList<TargetSettings> Read(Setting setting)
    {
        if (setting.Open(Shape) is not { } section)
            return [];

        var settings = new List<TargetSettings>();
        if (section.Find(Target.Sandbox.Word())?.Open(Sandbox) is { } sandbox)
            settings.Add(new TargetSettings(Target.Sandbox, Account: null, Region: null, VariablesOf(sandbox)));
        if (section.Find(Target.Aws.Word())?.Open(Aws) is { } aws)
            settings.Add(new TargetSettings(Target.Aws, Account(aws), Region(aws), VariablesOf(aws)));
        return [.. settings];
    }

    private static string? Account(Section section)
    {
        if (section.Find("account") is not { } setting || setting.Text() is not { } text)
            return null;
        if (text.Length == AccountDigits && text.All(char.IsAsciiDigit))
            return text;
        setting.Report(BadAccount, $"{Culprit.Quote(text)} is not an account id", "write its twelve digits in quotes, as `aws sts get-caller-identity` prints them");
        return null;
    }

    private static string? Region(Section section)
    {
        if (section.Find("region") is not { } setting || setting.Text() is not { } text)
            return null;
        if (RegionWord.IsMatch(text))
            return text;
        setting.Report(BadRegion, $"{Culprit.Quote(text)} is not the name of a region", "write it as in `eu-west-2`");
        return null;
    }

    private static ValueList<TerraformVariable> VariablesOf(Section section)
    {
        var variables = new List<TerraformVariable>();
        foreach (var setting in section.Find(Variables.Name)?.Open(SectionShape.OfNames())?.Settings ?? [])
        {
            TerraformNames.CheckIdentifier(setting, setting.NameSpan, setting.Name);
            if (setting.ScalarText() is { } value)
                variables.Add(new TerraformVariable(setting.Name, value));
        }

        return [.. variables];
    }

    [GeneratedRegex(@"^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: -1)]
    private static partial Regex RegionWord { get; }
}
