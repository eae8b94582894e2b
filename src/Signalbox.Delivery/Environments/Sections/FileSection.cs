using Signalbox.Delivery.Environments.Yaml;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>The file as a whole.</summary>
internal static class FileSection
{
    private const string Version = "version";
    private const string Environments = "environments";
    private const string Pipeline = "pipeline";
    private const string OnlyVersion = "1";

    private static readonly Rule EmptyFile = new("SB3013", Severity.Error, "The file is empty");
    private static readonly Rule OtherVersion = new("SB3014", Severity.Error, "The file is of a version that this program does not read");
    private static readonly Rule SameButForCase = new("SB3016", Severity.Error, "Two environments differ only by case");
    private static readonly Rule NoEnvironments = new("SB3030", Severity.Error, "The file declares no environment");

    public static SectionShape Shape { get; } = new(
    [
        new(Version),
        new(Environments, SectionShape.OfNames(EnvironmentSection.Shape)),
        new(Pipeline, PipelineSection.Shape),
    ]);

    public static (ValueList<DeclaredEnvironment> Environments, ValueList<DeclaredContext> Contexts) Read(SettingsReading reading, YamlNode? root)
    {
        if (root is null or YamlNode.Nothing)
        {
            reading.Problems.Add(EmptyFile.At(reading.Source, new Span(0, 0), "the file says nothing", $"begin with this:\n{SignalboxFile.Minimal}"));
            return ([], []);
        }

        var file = new Setting(reading, address: "", name: "", new Span(root.Span.Start, 0), root);
        if (file.Open(Shape) is not { } section)
            return ([], []);

        CheckVersion(section);
        var environments = section.Require(Environments, "add `environments:` and below it the first, such as `prod:`")?.Open(SectionShape.OfNames(EnvironmentSection.Shape)) is { } declared
            ? ReadEnvironments(reading, declared)
            : [];
        return (environments, section.Find(Pipeline) is { } pipeline ? PipelineSection.Read(pipeline) : []);
    }

    private static void CheckVersion(Section section)
    {
        if (section.Require(Version, $"add `version: {OnlyVersion}`") is { } version && version.Text() is { } text and not OnlyVersion)
            version.Report(OtherVersion, $"version {Culprit.Quote(text)} is not known", $"write `version: {OnlyVersion}`, or use a newer signalbox");
    }

    private static ValueList<DeclaredEnvironment> ReadEnvironments(SettingsReading reading, Section section)
    {
        var declared = new List<DeclaredEnvironment>();
        var seen = new Dictionary<string, Setting>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in section.Settings)
        {
            if (seen.TryGetValue(setting.Name, out var first))
            {
                var line = reading.Source.PositionOf(first.NameSpan.Start).Line;
                var message = $"{Culprit.Quote(setting.Name)} differs from {Culprit.Quote(first.Name)} in line {line} only by case";
                reading.Problems.Add(SameButForCase.At(reading.Source, setting.NameSpan, message, "rename one of the two"));
                EnvironmentSection.Read(setting, name: null);
                continue;
            }

            seen.Add(setting.Name, setting);
            var name = reading.Problems.Take(EnvironmentName.Parse(reading.Source, setting.NameSpan, setting.Name));
            if (EnvironmentSection.Read(setting, name) is { } environment)
                declared.Add(environment);
        }

        if (section.Settings.Count == 0)
            reading.Problems.Add(NoEnvironments.At(reading.Source, section.NameSpan, "no environment is declared", $"begin with this:\n{SignalboxFile.Minimal}"));
        return [.. declared];
    }
}
