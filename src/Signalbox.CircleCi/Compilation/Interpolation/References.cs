using Signalbox.CircleCi.Compilation.Expressions;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Interpolation;

/// <summary>What a reference leads to.</summary>
internal abstract record Referent
{
    private Referent() { }

    public sealed record Node(YamlNode Value) : Referent;

    /// <summary>It exists and has no value, such as the tag of a branch's pipeline.</summary>
    public sealed record Undefined : Referent;

    /// <param name="Fault">Where in an expression; null when the whole tag is meant.</param>
    public sealed record Nothing(Rule Rule, string Message, string? Hint, ExpressionFault? Fault = null) : Referent
    {
        public Span At(YamlNode.Scalar scalar, TemplatePart.Tag tag)
        {
            var whole = ScalarPlace.Of(scalar, tag.Start, tag.Length);
            if (Fault is null || whole.Length != tag.Length)
                return whole;
            var content = scalar.Source.Text.IndexOf(tag.Content, whole.Start, whole.Length, StringComparison.Ordinal);
            return content < 0 ? whole : new Span(content + Fault.Start, Math.Max(1, Fault.Lexeme.Length));
        }
    }
}

/// <summary>Looks up `parameters.x`, `matrix.x`, `pipeline.x` and evaluates what is none of them as an expression.</summary>
internal sealed class References(PipelineValues values, IReadOnlyDictionary<string, BoundValue> pipelineParameters)
{
    private const string Parameters = "parameters.";
    private const string Matrix = "matrix.";
    private const string Pipeline = "pipeline.";
    private const string PipelineParameters = "pipeline.parameters.";

    private static readonly Rule UnknownVariable = new("SB1027", Severity.Error, "An unknown variable");
    private static readonly Rule Undeclared = new("SB1028", Severity.Error, "An argument is referenced without being declared");
    private static readonly Rule BadExpression = new("SB1022", Severity.Error, "An expression is wrong");

    /// <summary>The value bound to a parameter of the element or of its matrix.</summary>
    public static BoundValue? Bound(string path, Frame frame) =>
        path.StartsWith(Parameters, StringComparison.Ordinal) ? frame.Arguments?.GetValueOrDefault(path[Parameters.Length..])
        : path.StartsWith(Matrix, StringComparison.Ordinal) ? frame.Matrix?.GetValueOrDefault(path[Matrix.Length..])
        : null;

    public Referent Find(YamlNode cause, string content, Frame frame)
    {
        if (Bound(content, frame) is { } bound)
            return new Referent.Node(bound.Node);
        if (content.StartsWith(PipelineParameters, StringComparison.Ordinal) && frame.Elements.IsConfig && pipelineParameters.TryGetValue(content[PipelineParameters.Length..], out var parameter))
            return new Referent.Node(parameter.Node);
        if (IsPath(content))
            return content.StartsWith(Pipeline, StringComparison.Ordinal) && Value(content, frame) is { } value ? Of(cause, value) : Unknown(content, frame);

        var (result, fault) = Evaluate(content, frame);
        return fault is null
            ? Of(cause, result)
            : new Referent.Nothing(BadExpression, $"{fault.Sentence} ({fault.Name})", fault.Hint, fault);
    }

    public (ExpressionValue Value, ExpressionFault? Fault) Evaluate(string text, Frame frame)
    {
        var (expression, fault) = ExpressionParser.Parse(text);
        return expression is null ? (ExpressionValue.None, fault) : expression.Evaluate(name => Value(name, frame));
    }

    /// <returns>Null when there is no such name.</returns>
    private ExpressionValue? Value(string name, Frame frame)
    {
        if (Bound(name, frame) is { } bound)
            return Of(bound.Node);
        if (!name.StartsWith(Pipeline, StringComparison.Ordinal))
            return null;
        if (name.StartsWith(PipelineParameters, StringComparison.Ordinal))
            return frame.Elements.IsConfig && pipelineParameters.TryGetValue(name[PipelineParameters.Length..], out var parameter) ? Of(parameter.Node) : null;
        return values.Find(name[Pipeline.Length..]);
    }

    private Referent.Nothing Unknown(string content, Frame frame)
    {
        if (content.Length == 0)
            return new Referent.Nothing(UnknownVariable, "this tag is empty", "name a parameter or a pipeline value, or escape it as `\\<<`");
        if (content.StartsWith(Parameters, StringComparison.Ordinal))
        {
            var name = content[Parameters.Length..];
            var near = NearestName.Of(name, frame.Arguments?.Keys ?? []);
            return new Referent.Nothing(Undeclared, $"Arguments referenced without declared parameters: {content}", near is null ? $"declare `{name}` under `parameters` of this element, or use `pipeline.parameters.{name}`" : $"did you mean `parameters.{near}`?");
        }

        if (content.StartsWith(PipelineParameters, StringComparison.Ordinal) && !frame.Elements.IsConfig)
            return new Referent.Nothing(UnknownVariable, $"Unknown variable(s): {content}; an orb does not see the config's pipeline parameters", "pass the value to the orb as an argument");
        IEnumerable<string> known = [.. PipelineValues.Names.Select(name => Pipeline + name), .. pipelineParameters.Keys.Select(name => PipelineParameters + name), .. frame.Matrix?.Keys.Select(name => Matrix + name) ?? []];
        return new Referent.Nothing(UnknownVariable, $"Unknown variable(s): {content}", NearestName.Of(content, known) is { } nearest ? $"did you mean `{nearest}`?" : "references begin with `parameters.`, `pipeline.` or `matrix.`; a `<<` that is meant as text is written `\\<<`");
    }

    private static bool IsPath(string content) =>
        content.Length == 0 || (char.IsAsciiLetter(content[0]) && content.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' or '?')
            && content is not ("true" or "false" or "TRUE" or "FALSE"));

    private static Referent Of(YamlNode cause, ExpressionValue value) => value switch
    {
        ExpressionValue.Truth truth => new Referent.Node(YamlNode.Scalar.OfBoolean(cause, truth.Value)),
        ExpressionValue.Number number => new Referent.Node(YamlNode.Scalar.OfNumber(cause, number.Value)),
        ExpressionValue.Text text => new Referent.Node(YamlNode.Scalar.OfText(cause, text.Value)),
        ExpressionValue.Pattern pattern => new Referent.Node(YamlNode.Scalar.OfText(cause, pattern.Value.Pattern)),
        _ => new Referent.Undefined(),
    };

    private static ExpressionValue Of(YamlNode node) => node switch
    {
        YamlNode.Scalar { Type: ScalarType.Boolean } boolean => ExpressionValue.Of(boolean.IsTrue),
        YamlNode.Scalar { WholeNumber: { } number } => new ExpressionValue.Number(number),
        YamlNode.Scalar { IsNull: false } text => new ExpressionValue.Text(text.Text),
        YamlNode.Mapping executor when executor["name"] is YamlNode.Scalar name => new ExpressionValue.Text(name.Text),
        _ => ExpressionValue.None,
    };
}
