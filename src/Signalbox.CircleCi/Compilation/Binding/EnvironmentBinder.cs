using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Binding;

/// <summary>`environment` in each form that compiled documents have it: a mapping, `K=V` texts, or a list of mappings.</summary>
internal static class EnvironmentBinder
{
    public static ValueList<Variable> Bind(YamlNode? environment, BoundValues values)
    {
        var variables = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Entries(environment, values))
            variables[name] = value;
        return [.. variables.Select(variable => new Variable(variable.Key, variable.Value))];
    }

    private static IEnumerable<(string Name, string Value)> Entries(YamlNode? environment, BoundValues values)
    {
        switch (environment)
        {
            case null or YamlNode.Scalar { IsNull: true }:
                return [];
            case YamlNode.Mapping mapping:
                return mapping.Entries.Select(entry => (entry.Name, Value(entry, values)));
            case YamlNode.Sequence sequence:
                return sequence.Items.SelectMany(item => item is YamlNode.Sequence ? Wrong(item, values) : Entries(item, values));
            case YamlNode.Scalar { Text: var text } when text.IndexOf('=', StringComparison.Ordinal) is var at and > 0:
                return [(text[..at], text[(at + 1)..])];
            default:
                return Wrong(environment, values);
        }
    }

    /// <summary>A boolean reaches the shell as `1` or `0`; registry orbs depend on it.</summary>
    private static string Value(YamlEntry entry, BoundValues values)
    {
        switch (entry.Value)
        {
            case YamlNode.Scalar { IsNull: true }:
                return "";
            case YamlNode.Scalar { Type: ScalarType.Boolean } boolean:
                return boolean.IsTrue ? "1" : "0";
            case YamlNode.Scalar scalar:
                return scalar.Text;
            default:
                values.Wrong(entry.Value, entry.Name, "a single value, being an environment variable");
                return "";
        }
    }

    private static (string, string)[] Wrong(YamlNode value, BoundValues values)
    {
        values.Wrong(value, "environment", "a mapping, or a list of mappings and of texts such as `NAME=value`");
        return [];
    }
}
