using Signalbox.CircleCi.Compilation.Interpolation;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Workflows;

/// <summary>The combinations of a `matrix`, in the order of its parameters, without what it excludes.</summary>
internal sealed class MatrixExpansion(Interpolator interpolator, CompilationReport report)
{
    /// <summary>CircleCI is remembered to stop at 128; beyond this, a config is a mistake on any engine.</summary>
    private const int MostJobs = 1_024;
    private const int MostOnCircleCi = 128;

    private static readonly Rule Malformed = new("SB1090", Severity.Error, "A matrix is malformed");
    private static readonly Rule TooLarge = new("SB1092", Severity.Error, "A matrix is too large");
    private static readonly Rule Large = new("SB1094", Severity.Warning, "A matrix may be too large for CircleCI");
    private static readonly Rule BadExclusion = new("SB1093", Severity.Error, "A matrix excludes what it does not hold");

    private static readonly string[] Keys = ["parameters", "exclude", "alias"];

    /// <returns>Null when it is malformed, which was reported.</returns>
    public IReadOnlyList<IReadOnlyDictionary<string, BoundValue>>? Expand(YamlEntry matrix, Frame frame)
    {
        if (matrix.Value is not YamlNode.Mapping body || body["parameters"] is not YamlNode.Mapping { Entries.Length: > 0 } parameters)
        {
            report.Add(Malformed, matrix.Key, "`matrix` needs `parameters`, a mapping of names to lists", "write `matrix: {parameters: {version: [\"1\", \"2\"]}}`", frame.Calls);
            return null;
        }

        foreach (var key in body.Entries.Where(entry => !Keys.Contains(entry.Name)))
            report.Add(Malformed, key.Key, $"{Culprit.Quote(key.Name)} is not a key of `matrix`", "its keys are `parameters`, `exclude` and `alias`", frame.Calls);

        var axes = new List<(string Name, YamlNode[] Values)>();
        var size = 1L;
        foreach (var parameter in parameters.Entries)
        {
            if (interpolator.Substitute(parameter.Value, frame) is not YamlNode.Sequence { Items.Length: > 0 } values)
            {
                report.Add(Malformed, parameter.Value, $"{Culprit.Quote(parameter.Name)} is {parameter.Value.Kind}, not a list of values", "write its values as a list: `[one, another]`", frame.Calls);
                return null;
            }

            axes.Add((parameter.Name, [.. values.Items]));
            size *= values.Items.Length;
            if (size > MostJobs)
            {
                report.Add(TooLarge, matrix.Key, $"this matrix stands for more than {MostJobs:N0} jobs", "shorten its lists", frame.Calls);
                return null;
            }
        }

        if (size > MostOnCircleCi)
            report.Add(Large, matrix.Key, $"this matrix stands for {size} jobs; CircleCI may take only {MostOnCircleCi}", "shorten its lists", frame.Calls);
        return Remaining(body, Combinations(axes, frame), axes, frame);
    }

    /// <summary>`job-v1-v2`, the values in the alphabetical order of their parameters.</summary>
    public static string NameOf(string job, IReadOnlyDictionary<string, BoundValue> combination) =>
        string.Join('-', combination.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => Shown(value.Value.Node)).Prepend(job));

    private static List<Dictionary<string, BoundValue>> Combinations(List<(string Name, YamlNode[] Values)> axes, Frame frame)
    {
        var combinations = new List<Dictionary<string, BoundValue>> { new(StringComparer.Ordinal) };
        foreach (var (name, values) in axes)
        {
            combinations = [.. from combination in combinations
                               from value in values
                               select new Dictionary<string, BoundValue>(combination, StringComparer.Ordinal) { [name] = new BoundValue(value, frame.Elements) }];
        }

        return combinations;
    }

    private List<Dictionary<string, BoundValue>> Remaining(YamlNode.Mapping body, List<Dictionary<string, BoundValue>> combinations, List<(string Name, YamlNode[] Values)> axes, Frame frame)
    {
        if (body["exclude"] is not { } exclude || interpolator.Substitute(exclude, frame) is not YamlNode.Sequence exclusions)
            return combinations;
        foreach (var exclusion in exclusions.Items)
        {
            if (exclusion is not YamlNode.Mapping excluded || excluded.Entries.Length != axes.Count || axes.Any(axis => excluded[axis.Name] is null))
            {
                report.Add(BadExclusion, exclusion, "an exclusion names every parameter of the matrix once", $"give a value for each of {string.Join(", ", axes.Select(axis => axis.Name))}", frame.Calls);
                continue;
            }

            var removed = combinations.RemoveAll(combination => excluded.Entries.All(entry => IsSame(combination[entry.Name].Node, entry.Value)));
            if (removed == 0 && excluded.Entries.FirstOrDefault(entry => !Array.Exists(axes.Find(axis => axis.Name == entry.Name).Values, value => IsSame(value, entry.Value))) is { } strange)
                report.Add(BadExclusion, strange.Value, $"{Culprit.Quote(strange.Name)} never has this value", "exclude a combination that the matrix holds", frame.Calls);
        }

        return combinations;
    }

    private static bool IsSame(YamlNode left, YamlNode right) => YamlEquality.Same(left, right);

    private static string Shown(YamlNode value) => value switch
    {
        YamlNode.Scalar { Type: ScalarType.Boolean } boolean => boolean.IsTrue ? "true" : "false",
        YamlNode.Scalar scalar => scalar.Text,
        YamlNode.Mapping mapping when mapping["name"] is YamlNode.Scalar name => name.Text,
        _ => value.Kind.Split(' ')[^1],
    };
}
