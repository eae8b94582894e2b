using Signalbox.CircleCi.Compilation.Interpolation;
using Signalbox.CircleCi.Compilation.Patterns;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Workflows;

/// <summary>Reads the `filters` of an entry. An expression is decided now; branches and tags when there is a pipeline.</summary>
internal sealed class JobFilters(Interpolator interpolator, LogicStatements logic, CompilationReport report)
{
    private static readonly Rule Malformed = new("SB1084", Severity.Error, "Filters are malformed");
    private static readonly Rule BadPattern = new("SB1086", Severity.Error, "A filter's pattern is not valid");

    /// <returns>Whether the job stays, and the filters that are left: always a mapping, or null.</returns>
    public (bool IsKept, YamlNode? Mapping) Decide(YamlNode? written, Frame frame)
    {
        switch (written)
        {
            case null or YamlNode.Scalar { IsNull: true }:
                return (true, null);
            case YamlNode.Scalar { IsText: true } expression when !Template.IsReference(expression):
                return (logic.OfExpression(expression, frame), Always(expression));
            case YamlNode.Scalar scalar:
                return (Truth.Of(interpolator.Substitute(scalar, frame)), Always(scalar));
            case YamlNode.Mapping mapping:
                var substituted = interpolator.Substitute(mapping, frame);
                Check(substituted, frame);
                return (true, substituted);
            default:
                Refuse(written, $"`filters` is {written.Kind}", "write `branches:` and `tags:` below it, or an expression", frame);
                return (true, null);
        }
    }

    /// <summary>A true expression lets the job run on tags as well, which no filters at all would not.</summary>
    private static YamlNode.Mapping Always(YamlNode at)
    {
        var everything = YamlNode.Mapping.At(at, [YamlEntry.Of("only", YamlNode.Scalar.OfText(at, "/.*/"))]);
        return YamlNode.Mapping.At(at, [YamlEntry.Of("branches", everything), YamlEntry.Of("tags", everything)]);
    }

    private void Check(YamlNode.Mapping filters, Frame frame)
    {
        foreach (var entry in filters.Entries)
        {
            if (entry.Name is not ("branches" or "tags"))
                Refuse(entry.Key, $"{Culprit.Quote(entry.Name)} is not a key of `filters`", NearestName.Of(entry.Name, ["branches", "tags"]) is { } near ? $"did you mean `{near}`?" : "its keys are `branches` and `tags`", frame);
            else if (entry.Value is YamlNode.Mapping sides)
                CheckSides(entry.Name, sides, frame);
            else if (entry.Value is not YamlNode.Scalar { IsNull: true })
                Refuse(entry.Value, $"{Culprit.Quote(entry.Name)} is {entry.Value.Kind}", "write `only:` or `ignore:` below it", frame);
        }
    }

    private void CheckSides(string name, YamlNode.Mapping sides, Frame frame)
    {
        foreach (var side in sides.Entries)
        {
            if (side.Name is not ("only" or "ignore"))
            {
                Refuse(side.Key, $"{Culprit.Quote(side.Name)} is not a key of `{name}`", "its keys are `only` and `ignore`", frame);
                continue;
            }

            foreach (var item in side.Value is YamlNode.Sequence list ? list.Items : [side.Value])
            {
                if (item is YamlNode.Scalar { Text: ['/', .. var pattern, '/'] } && FullMatch.OfJava(pattern) is null)
                    report.Add(BadPattern, item, $"{Culprit.Quote(pattern)} is not a valid Java pattern", "correct the pattern; it has to match the whole name", frame.Calls);
            }
        }
    }

    private void Refuse(YamlNode at, string message, string hint, Frame frame) => report.Add(Malformed, at, message, hint, frame.Calls);
}
