using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Parameters;

/// <summary>The pipeline's parameters with the values that started it.</summary>
internal static class PipelineArguments
{
    private static readonly Rule Undeclared = new("SB1035", Severity.Error, "A pipeline is given a parameter that its config does not declare");
    private static readonly Rule WrongType = new("SB1038", Severity.Error, "A pipeline parameter is given a value of another type");

    public static IReadOnlyDictionary<string, BoundValue> Bind(ParameterDeclarations declarations, IReadOnlyDictionary<string, string> given, ElementScope config, Problems problems)
    {
        var bound = new Dictionary<string, BoundValue>(StringComparer.Ordinal);
        foreach (var declared in declarations.ByName.Values)
        {
            if (declared.Default is { } value)
                bound[declared.Name] = new BoundValue(value, config);
        }

        foreach (var (name, text) in given)
        {
            if (!declarations.ByName.TryGetValue(name, out var declared))
            {
                problems.Add(Undeclared.Without($"Unexpected argument(s): {name}", NearestName.Of(name, declarations.ByName.Keys) is { } near ? $"did you mean `{near}`?" : "declare it under `parameters:` at the top of the config"));
                continue;
            }

            var value = Read(declared, text);
            if (ValueTypes.Mismatch(declared.Type, declared.Members, value) is { } expected)
                problems.Add(WrongType.Without($"Type error for argument {name}: expected type: {expected}, actual value: \"{DisplayText.Of(text)}\" (type string)", $"give a value of that type: `--param {name}=…`"));
            else
                bound[name] = new BoundValue(value, config);
        }

        return bound;
    }

    /// <summary>Text from a command line is whatever the declaration asks for.</summary>
    private static YamlNode.Scalar Read(ParameterDeclaration declared, string text) =>
        declared.Type is ParameterType.Text or ParameterType.Enumeration
            ? YamlNode.Scalar.OfText(declared.Key, text)
            : new YamlNode.Scalar(declared.Key.Source, declared.Key.Span, text, ScalarStyle.Plain, tag: null);
}
