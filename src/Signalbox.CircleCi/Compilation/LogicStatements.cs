using System.Collections.Immutable;
using Signalbox.CircleCi.Compilation.Interpolation;
using Signalbox.CircleCi.Compilation.Patterns;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation;

/// <summary>Decides `when` and `unless` (configuration reference, "Logic statements").</summary>
internal sealed class LogicStatements(Interpolator interpolator, References references, CompilationReport report)
{
    private const int DeepestStatement = 100;

    private static readonly Rule Invalid = new("SB1072", Severity.Error, "A condition is no logic statement");
    private static readonly Rule BadExpression = new("SB1074", Severity.Error, "A condition is not a valid expression");
    private static readonly Rule BadPattern = new("SB1085", Severity.Error, "A pattern is not valid");

    private static readonly string[] Operators = ["and", "or", "not", "equal", "matches"];

    /// <summary>A workflow's condition, which may also be an expression without delimiters.</summary>
    public bool OfWorkflow(YamlNode condition, Frame frame) =>
        condition is YamlNode.Scalar { IsText: true } scalar && !Template.IsReference(scalar) && !frame.IsLiteral
            ? OfExpression(scalar, frame)
            : OfStep(condition, frame);

    /// <summary>A step's condition.</summary>
    public bool OfStep(YamlNode condition, Frame frame) => IsTrue(condition, frame, depth: 1);

    /// <summary>An expression as it stands; reported and false when it is wrong.</summary>
    public bool OfExpression(YamlNode.Scalar expression, Frame frame)
    {
        var (value, fault) = references.Evaluate(expression.Text, frame);
        if (fault is null)
            return value.IsTruthy;
        var place = fault.Lexeme.Length == 0 ? expression.Span : ScalarPlace.Of(expression, fault.Start, fault.Lexeme.Length);
        report.Add(BadExpression, expression.Source, place, $"{fault.Sentence} ({fault.Name})", fault.Hint, frame.Calls);
        return false;
    }

    private bool IsTrue(YamlNode condition, Frame frame, int depth)
    {
        switch (condition)
        {
            case YamlNode.Scalar scalar:
                return Truth.Of(interpolator.Substitute(scalar, frame));
            case YamlNode.Mapping { Entries: [var only] } when depth <= DeepestStatement:
                return Apply(only, frame, depth);
            case YamlNode.Mapping { Entries.Length: 0 }:
                return Refuse(condition, "an empty condition", "write a value or one of `and`, `or`, `not`, `equal` and `matches`", frame);
            case YamlNode.Mapping when depth > DeepestStatement:
                return Refuse(condition, $"this condition is nested more than {DeepestStatement} levels deep", "write it flatter", frame);
            case YamlNode.Mapping several:
                return Refuse(several.Entries[1].Key, "a condition has exactly one operator", "join several with `and:` or `or:`", frame);
            default:
                return Refuse(condition, "Invalid when condition: a list", "join the items with `and:` or `or:`", frame);
        }
    }

    private bool Apply(YamlEntry statement, Frame frame, int depth)
    {
        switch (statement.Name)
        {
            case "not":
                var single = statement.Value is YamlNode.Sequence { Items: [var inner] } ? inner : statement.Value;
                return !IsTrue(single, frame, depth + 1);
            case "and":
                // Not All: every argument is looked at, so that everything wrong is found at once.
                return Arguments(statement, frame).Select(argument => IsTrue(argument, frame, depth + 1)).ToArray() is { Length: > 0 } all && !all.Contains(false);
            case "or":
                return Arguments(statement, frame).Select(argument => IsTrue(argument, frame, depth + 1)).ToArray().Contains(true);
            case "equal":
                var values = Arguments(statement, frame).Select(argument => Value(argument, frame, depth + 1)).ToArray();
                return values.Length > 0 && values.All(value => YamlEquality.Same(values[0], value));
            case "matches":
                return Matches(statement, frame);
            default:
                var near = NearestName.Of(statement.Name, Operators) is { } found ? $"did you mean `{found}`?" : "the operators are `and`, `or`, `not`, `equal` and `matches`";
                return Refuse(statement.Key, $"{Culprit.Quote(statement.Name)} is not an operator of a condition", near, frame);
        }
    }

    private ImmutableArray<YamlNode> Arguments(YamlEntry statement, Frame frame)
    {
        if (statement.Value is YamlNode.Sequence { Items.Length: > 0 } list)
            return list.Items;
        Refuse(statement.Key, $"{Culprit.Quote(statement.Name)} needs a list of at least one argument", $"write `{statement.Name}: [one, another]`", frame);
        return [];
    }

    /// <summary>What `equal` compares: an executor counts as its name, a nested statement as its truth.</summary>
    private YamlNode Value(YamlNode argument, Frame frame, int depth)
    {
        if (argument is YamlNode.Mapping { Entries: [var only] } && Operators.Contains(only.Name))
            return YamlNode.Scalar.OfBoolean(argument, IsTrue(argument, frame, depth));
        return interpolator.Substitute(argument, frame) switch
        {
            YamlNode.Mapping { Entries: [{ Name: "name", Value: YamlNode.Scalar name }] } => name,
            YamlNode.Scalar { IsNull: true } nothing => YamlNode.Scalar.OfText(nothing, ""),
            var value => value,
        };
    }

    private bool Matches(YamlEntry statement, Frame frame)
    {
        if (statement.Value is not YamlNode.Mapping { Entries.Length: 2 } mapping || mapping["pattern"] is not YamlNode.Scalar pattern || mapping["value"] is not YamlNode.Scalar value)
            return Refuse(statement.Key, "`matches` needs `pattern` and `value`, and nothing else", "write `matches: {pattern: \"^v.*\", value: << pipeline.git.tag >>}`", frame);

        var text = interpolator.Substitute(value, frame) is YamlNode.Scalar { Text: var found } ? found : "";
        if (interpolator.Substitute(pattern, frame) is YamlNode.Scalar { Text: var written } && FullMatch.OfJava(written) is { } match)
            return match.Matches(text);
        report.Add(BadPattern, pattern, $"{Culprit.Quote(pattern.Text)} is not a valid Java pattern", "correct the pattern; it has to match the whole value", frame.Calls);
        return false;
    }

    private bool Refuse(YamlNode at, string message, string hint, Frame frame)
    {
        report.Add(Invalid, at, message, hint, frame.Calls);
        return false;
    }
}
