using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Linting;

/// <summary>Numbers in `environment` that CircleCI passes on in another form than they were written in.</summary>
internal static class UnquotedNumbers
{
    private const int LongestExact = 6;

    private static readonly Rule ChangedNumber = new("SB1135", Severity.Warning, "A number in an environment arrives in another form");

    public static void Look(YamlNode root, CompilationReport report) => Visit(root, isEnvironment: false, report, []);

    private static void Visit(YamlNode node, bool isEnvironment, CompilationReport report, HashSet<YamlNode> seen)
    {
        switch (node)
        {
            case YamlNode.Scalar scalar when isEnvironment && Changes(scalar):
                report.Add(ChangedNumber, scalar, $"CircleCI passes the number {Culprit.Quote(scalar.Text)} on in another form", $"put it in quotes: `\"{scalar.Text}\"`");
                break;
            case YamlNode.Sequence sequence when seen.Add(sequence):
                foreach (var item in sequence.Items)
                    Visit(item, isEnvironment, report, seen);
                break;
            case YamlNode.Mapping mapping when seen.Add(mapping):
                foreach (var entry in mapping.Entries)
                    Visit(entry.Value, isEnvironment || entry.Name == "environment", report, seen);
                break;
        }
    }

    /// <summary>Seven digits become `1.234567e+06`, `3.10` becomes `3.1`, `0x1F` becomes `31`.</summary>
    private static bool Changes(YamlNode.Scalar scalar) => scalar.Type switch
    {
        ScalarType.WholeNumber => scalar.Text.TrimStart('-').Length > LongestExact || scalar.WholeNumber?.ToString() != scalar.Text,
        ScalarType.Fraction => scalar.Text.EndsWith('0') || scalar.Text.AsSpan().ContainsAny('e', 'E', '_'),
        _ => false,
    };
}
