using System.Text.RegularExpressions;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`pipeline`: the contexts that its jobs use, and which variables each must have.</summary>
internal static partial class PipelineSection
{
    private static readonly Rule BadVariable = new("SB6006", Severity.Error, "A name is not one of a variable");
    private static readonly SectionShape Context = new([new("required"), new("optional")]);
    private static readonly SectionShape Contexts = SectionShape.OfNames(Context);

    public static SectionShape Shape { get; } = new([new("contexts", Contexts)]);

    public static ValueList<DeclaredContext> Read(Setting setting) =>
        setting.Open(Shape)?.Find("contexts")?.Open(Contexts) is { } contexts
            ? [.. contexts.Settings.Select(Declared).OfType<DeclaredContext>()]
            : [];

    private static DeclaredContext? Declared(Setting setting) => setting.Open(Context) is { } context
        ? new DeclaredContext(setting.Name, Names(context.Find("required")), Names(context.Find("optional")))
        : null;

    private static ValueList<string> Names(Setting? list)
    {
        var names = new List<string>();
        foreach (var item in list?.Items() ?? [])
        {
            if (item.Text() is not { } name)
                continue;
            if (VariableName.IsMatch(name))
                names.Add(name);
            else
                item.Report(BadVariable, $"{Culprit.Quote(name)} is not the name of a variable", "use letters, digits and `_`, and no digit first; the value belongs into a private file");
        }

        return [.. names];
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,299}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VariableName { get; }
}
