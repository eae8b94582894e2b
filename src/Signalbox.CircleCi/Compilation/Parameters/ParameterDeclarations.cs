using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Parameters;

internal enum ParameterType
{
    Text,
    Boolean,
    WholeNumber,
    Enumeration,
    Executor,
    Steps,
    VariableName,
}

/// <param name="Default">As written; null when an argument is required.</param>
/// <param name="Members">Of an enum; empty for the other types.</param>
internal sealed record ParameterDeclaration(YamlNode.Scalar Key, ParameterType Type, YamlNode? Default, IReadOnlyList<string> Members)
{
    public string Name => Key.Text;
}

/// <summary>The `parameters` of one element, in order.</summary>
internal sealed class ParameterDeclarations
{
    private static readonly Rule Malformed = new("SB1030", Severity.Error, "A parameter is declared wrongly");
    private static readonly Rule WrongDefault = new("SB1031", Severity.Error, "The default of a parameter has another type");
    private static readonly Rule Reserved = new("SB1036", Severity.Warning, "A parameter has a name that is taken");

    private static readonly string[] Keys = ["type", "default", "description", "enum"];
    private static readonly string[] TypeNames = ["string", "boolean", "integer", "enum", "executor", "steps", "env_var_name"];
    private static readonly string[] InvocationKeys = ["name", "requires", "context", "type", "filters", "matrix", "pre-steps", "post-steps", "serial-group", "override-with"];

    private ParameterDeclarations(OrderedDictionary<string, ParameterDeclaration> byName) => ByName = byName;

    public static ParameterDeclarations None { get; } = new([]);

    /// <summary>Of an element that is missing: whatever it is given may be right.</summary>
    public static ParameterDeclarations Anything { get; } = new([]) { TakesAnything = true };

    public bool TakesAnything { get; private init; }

    public OrderedDictionary<string, ParameterDeclaration> ByName { get; }

    public static ParameterDeclarations Of(Element element, CompilationReport report, bool isJob = false) =>
        element.Declarations ??= Read(element.Body["parameters"], report, isPipeline: false, isJob);

    public static ParameterDeclarations OfPipeline(YamlNode? node, CompilationReport report) => Read(node, report, isPipeline: true, isJob: false);

    private static ParameterDeclarations Read(YamlNode? node, CompilationReport report, bool isPipeline, bool isJob)
    {
        var byName = new OrderedDictionary<string, ParameterDeclaration>(StringComparer.Ordinal);
        switch (node)
        {
            case null or YamlNode.Scalar { IsNull: true }:
                return None;
            case YamlNode.Mapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    if (isJob && InvocationKeys.Contains(entry.Name))
                        report.Add(Reserved, entry.Key, $"a job's parameter cannot be called {Culprit.Quote(entry.Name)}: a workflow's key of that name hides it", "rename the parameter");
                    if (Declare(entry, report, isPipeline) is { } declared)
                        byName.Add(entry.Name, declared);
                }

                return new ParameterDeclarations(byName);
            default:
                report.Add(Malformed, node, $"`parameters` is {node.Kind}, not a mapping of names", "write each parameter as `name: {type: string}`");
                return None;
        }
    }

    private static ParameterDeclaration? Declare(YamlEntry entry, CompilationReport report, bool isPipeline)
    {
        if (entry.Value is not YamlNode.Mapping body)
        {
            report.Add(Malformed, entry.Key, $"parameter {Culprit.Quote(entry.Name)} needs a mapping with its `type`", $"write `{entry.Name}: {{type: string}}`");
            return null;
        }

        foreach (var key in body.Entries.Where(key => !Keys.Contains(key.Name)))
            report.Add(Malformed, key.Key, $"{Culprit.Quote(key.Name)} is not a key of a parameter", NearestName.Of(key.Name, Keys) is { } near ? $"did you mean `{near}`?" : "the keys are `type`, `default`, `description` and `enum`");

        if (TypeOf(entry, body, report, isPipeline) is not { } type)
            return null;
        var members = type == ParameterType.Enumeration ? MembersOf(entry, body, report) : [];
        var value = body["default"] is YamlNode.Scalar { IsNull: true } ? null : body["default"];
        if (value is null && isPipeline)
        {
            report.Add(Malformed, entry.Key, $"pipeline parameter {Culprit.Quote(entry.Name)} has no default", "add `default:`; a pipeline may be started without arguments");
            return null;
        }

        if (value is not null && !Interpolation.Template.IsReference(value) && ValueTypes.Mismatch(type, members, value) is { } expected)
        {
            report.Add(WrongDefault, value, $"Parameter error: default value of parameter '{entry.Name}' is {ValueTypes.Told(value)}: expected type {expected}", ValueTypes.Advice(type, value));
            return null;
        }

        return new ParameterDeclaration(entry.Key, type, value, members);
    }

    private static ParameterType? TypeOf(YamlEntry entry, YamlNode.Mapping body, CompilationReport report, bool isPipeline)
    {
        var known = isPipeline ? TypeNames[..4] : TypeNames;
        if (body["type"] is not YamlNode.Scalar { Text: var name } written)
        {
            report.Add(Malformed, entry.Key, $"parameter {Culprit.Quote(entry.Name)} has no `type`", $"add `type:`, one of {string.Join(", ", known)}");
            return null;
        }

        var at = Array.IndexOf(known, name);
        if (at >= 0)
            return (ParameterType)at;
        report.Add(Malformed, written, $"{Culprit.Quote(name)} is not a type of {(isPipeline ? "a pipeline parameter" : "a parameter")}", NearestName.Of(name, known) is { } near ? $"did you mean `{near}`?" : $"the types are {string.Join(", ", known)}");
        return null;
    }

    private static string[] MembersOf(YamlEntry entry, YamlNode.Mapping body, CompilationReport report)
    {
        if (body["enum"] is YamlNode.Sequence { Items.Length: > 0 } list && list.Items.All(item => item is YamlNode.Scalar))
            return [.. list.Items.Select(item => ((YamlNode.Scalar)item).Text)];
        report.Add(Malformed, entry.Key, $"enum parameter {Culprit.Quote(entry.Name)} needs a list `enum` of its values", "add `enum: [one, another]`");
        return [];
    }
}
