using System.Diagnostics;
using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation.Parameters;

/// <summary>Whether a value fits the type of a parameter, and how to say that it does not.</summary>
internal static class ValueTypes
{
    /// <returns>What was expected instead, or null when the value fits.</returns>
    public static string? Mismatch(ParameterType type, IReadOnlyList<string> members, YamlNode value) => type switch
    {
        ParameterType.Text => value is YamlNode.Scalar { IsText: true } ? null : "string",
        ParameterType.Boolean => value is YamlNode.Scalar { Type: ScalarType.Boolean } ? null : "boolean",
        ParameterType.WholeNumber => value is YamlNode.Scalar { Type: ScalarType.WholeNumber } ? null : "integer",
        ParameterType.Enumeration => value is YamlNode.Scalar { Text: var text } && (members.Count == 0 || members.Contains(text, StringComparer.Ordinal)) ? null : $"enum ({string.Join(", ", members.Select(member => $"\"{member}\""))})",
        ParameterType.Executor => value is YamlNode.Scalar { IsText: true } or YamlNode.Mapping { Entries.Length: > 0 } ? null : "executor",
        ParameterType.Steps => value is YamlNode.Sequence ? null : "steps",
        ParameterType.VariableName => value is YamlNode.Scalar { Text: var name } && IsVariableName(name) ? null : "env_var_name",
        _ => throw new UnreachableException(),
    };

    /// <summary>`'x' (type string)`, as CircleCI says it.</summary>
    public static string Told(YamlNode value) => value switch
    {
        YamlNode.Scalar { IsNull: true } => "null (type null)",
        YamlNode.Scalar scalar => $"'{Diagnostics.DisplayText.Of(scalar.Text)}' (type {NameOf(scalar)})",
        YamlNode.Sequence => "a list (type list)",
        _ => "a mapping (type map)",
    };

    public static string? Advice(ParameterType type, YamlNode value) => (type, value) switch
    {
        (ParameterType.Text, YamlNode.Scalar { IsText: false, IsNull: false, Text: var text }) => $"put it in quotes: `\"{text}\"`",
        (ParameterType.Boolean or ParameterType.WholeNumber, YamlNode.Scalar { IsText: true, Style: not ScalarStyle.Plain, Text: var text }) => $"write it without quotes: `{text}`",
        (ParameterType.VariableName, _) => "give a name made of letters, digits and `_`, without `$`",
        _ => null,
    };

    private static string NameOf(YamlNode.Scalar scalar) => scalar.Type switch
    {
        ScalarType.Boolean => "boolean",
        ScalarType.WholeNumber => "integer",
        ScalarType.Fraction => "float",
        _ => "string",
    };

    private static bool IsVariableName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
