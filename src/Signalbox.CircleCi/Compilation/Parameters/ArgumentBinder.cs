using Signalbox.CircleCi.Compilation.Interpolation;
using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Parameters;

/// <summary>Gives the parameters of an element their values at one invocation.</summary>
/// <param name="compileSteps">Compiles a list of steps in the frame it was written in.</param>
internal sealed class ArgumentBinder(Interpolator interpolator, CompilationReport report, Func<YamlNode, Frame, YamlNode.Sequence> compileSteps)
{
    private static readonly Rule Missing = new("SB1032", Severity.Error, "A required argument is missing");
    private static readonly Rule Unexpected = new("SB1033", Severity.Error, "An argument is not declared");
    private static readonly Rule WrongType = new("SB1034", Severity.Error, "An argument has the wrong type");
    private static readonly Rule NumberAsText = new("SB1037", Severity.Warning, "A number is passed where a string is declared");

    /// <param name="arguments">As written by the caller.</param>
    /// <param name="caller">Where they were written.</param>
    /// <param name="at">What is blamed for an argument that is missing.</param>
    /// <returns>A value for every parameter; null when something is wrong, which was reported.</returns>
    public IReadOnlyDictionary<string, BoundValue>? Bind(Element element, ParameterDeclarations declarations, IEnumerable<YamlEntry> arguments, Frame caller, YamlNode at, CallChain? calls)
    {
        if (declarations.TakesAnything)
            return new Dictionary<string, BoundValue>(StringComparer.Ordinal);
        var given = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        var isGood = true;
        foreach (var argument in arguments)
        {
            if (declarations.ByName.ContainsKey(argument.Name))
            {
                given[argument.Name] = argument;
                continue;
            }

            var near = NearestName.Of(argument.Name, declarations.ByName.Keys);
            report.Add(Unexpected, argument.Key, $"Unexpected argument(s): {argument.Name}", near is not null ? $"did you mean `{near}`?" : declarations.ByName.Count == 0 ? $"`{element.Name}` declares no parameters" : $"its parameters are {string.Join(", ", declarations.ByName.Keys)}", calls);
            isGood = false;
        }

        var bound = new Dictionary<string, BoundValue>(StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var declared in declarations.ByName.Values)
        {
            if (given.TryGetValue(declared.Name, out var argument))
                isGood &= Take(bound, declared, Value(declared, argument.Value, caller), argument.Value, calls);
            else if (declared.Default is { } value)
                isGood &= Take(bound, declared, Value(declared, value, new Frame(element.Scope) { Calls = calls, IsLiteral = caller.IsLiteral }), value, calls);
            else
                missing.Add(declared.Name);
        }

        if (missing.Count > 0)
            report.Add(Missing, at, $"Missing required argument(s): {string.Join(", ", missing)}", $"give {(missing.Count == 1 ? "it" : "them")} below `{element.Name}:`, or a `default` where declared", calls);
        return isGood && missing.Count == 0 ? bound : null;
    }

    private BoundValue Value(ParameterDeclaration declared, YamlNode written, Frame frame)
    {
        var passedOn = Interpolator.Argument(written, frame);
        if (declared.Type == ParameterType.Steps)
            return passedOn ?? new BoundValue(written is YamlNode.Sequence ? compileSteps(written, frame) : written, frame.Elements);
        return passedOn ?? new BoundValue(interpolator.Substitute(written, frame), frame.Elements);
    }

    private bool Take(Dictionary<string, BoundValue> bound, ParameterDeclaration declared, BoundValue value, YamlNode written, CallChain? calls)
    {
        if (declared.Type == ParameterType.Text && value.Node is YamlNode.Scalar { Type: ScalarType.WholeNumber } number && Template.IsReference(written))
        {
            report.Add(NumberAsText, written, $"parameter {Culprit.Quote(declared.Name)} is a string and gets a number", "put other text around the reference, or declare an integer", calls);
            value = value with { Node = YamlNode.Scalar.OfText(number, number.Text) };
        }

        bound[declared.Name] = value;
        if (ValueTypes.Mismatch(declared.Type, declared.Members, value.Node) is not { } expected)
            return true;
        var told = value.Node is YamlNode.Scalar { IsText: true } ? ValueTypes.Told(value.Node).Replace('\'', '"') : ValueTypes.Told(value.Node);
        report.Add(WrongType, written, $"Type error for argument {declared.Name}: expected type: {expected}, actual value: {told}", ValueTypes.Advice(declared.Type, written), calls);
        return false;
    }
}
