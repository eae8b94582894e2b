using System.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Expressions;

/// <summary>A parsed expression (configuration reference, "Using expressions in your configuration").</summary>
internal abstract record Expression
{
    private Expression() { }

    /// <param name="variables">The value of a name; null when there is no such name.</param>
    /// <returns>The value, or the fault that kept it from having one.</returns>
    public abstract (ExpressionValue Value, ExpressionFault? Fault) Evaluate(Func<string, ExpressionValue?> variables);

    public sealed record Literal(ExpressionValue Value) : Expression
    {
        public override (ExpressionValue, ExpressionFault?) Evaluate(Func<string, ExpressionValue?> variables) => (Value, null);
    }

    public sealed record Variable(ExpressionToken Name) : Expression
    {
        public override (ExpressionValue, ExpressionFault?) Evaluate(Func<string, ExpressionValue?> variables) =>
            variables(Name.Lexeme) is { } value ? (value, null) : Fail(FaultKind.UnknownVariable, Name);
    }

    public sealed record Negation(Expression Operand) : Expression
    {
        public override (ExpressionValue, ExpressionFault?) Evaluate(Func<string, ExpressionValue?> variables)
        {
            var (value, fault) = Operand.Evaluate(variables);
            return fault is null ? (ExpressionValue.Of(!value.IsTruthy), null) : (value, fault);
        }
    }

    /// <summary>`and` and `or` give back the operand that decided, and do not look at the other one.</summary>
    public sealed record Connective(Expression Left, TokenKind Operator, Expression Right) : Expression
    {
        public override (ExpressionValue, ExpressionFault?) Evaluate(Func<string, ExpressionValue?> variables)
        {
            var (left, fault) = Left.Evaluate(variables);
            return fault is not null || left.IsTruthy == (Operator == TokenKind.Or) ? (left, fault) : Right.Evaluate(variables);
        }
    }

    /// <summary>A comparison or a function; the undefined makes its result undefined.</summary>
    public sealed record Comparison(Expression Left, ExpressionToken Operator, Expression Right) : Expression
    {
        public override (ExpressionValue, ExpressionFault?) Evaluate(Func<string, ExpressionValue?> variables)
        {
            var (left, leftFault) = Left.Evaluate(variables);
            if (leftFault is not null)
                return (left, leftFault);
            var (right, rightFault) = Right.Evaluate(variables);
            if (rightFault is not null || left is ExpressionValue.Undefined || right is ExpressionValue.Undefined)
                return (ExpressionValue.None, rightFault);

            return Operator.Kind switch
            {
                TokenKind.Equal => (ExpressionValue.Of(left == right), null),
                TokenKind.NotEqual => (ExpressionValue.Of(left != right), null),
                TokenKind.Function => Apply(left, right),
                _ => Order(left, right),
            };
        }

        private (ExpressionValue, ExpressionFault?) Order(ExpressionValue left, ExpressionValue right)
        {
            if (left is not ExpressionValue.Number { Value: var a } || right is not ExpressionValue.Number { Value: var b })
                return Fail(FaultKind.ExpectedNumericOperand, Operator);
            return (ExpressionValue.Of(Operator.Kind switch
            {
                TokenKind.Greater => a > b,
                TokenKind.GreaterEqual => a >= b,
                TokenKind.Less => a < b,
                TokenKind.LessEqual => a <= b,
                _ => throw new UnreachableException(),
            }), null);
        }

        private (ExpressionValue, ExpressionFault?) Apply(ExpressionValue left, ExpressionValue right)
        {
            if (Operator.Lexeme == "matches")
            {
                if (right is not ExpressionValue.Pattern { Value: var pattern })
                    return Fail(FaultKind.ExpectedPatternOperand, Operator);
                return left is ExpressionValue.Text { Value: var subject }
                    ? (ExpressionValue.Of(pattern.Matches(subject)), null)
                    : Fail(FaultKind.ExpectedStringOperand, Operator);
            }

            if (left is not ExpressionValue.Text { Value: var text } || right is not ExpressionValue.Text { Value: var part })
                return Fail(FaultKind.ExpectedStringOperand, Operator);
            return (ExpressionValue.Of(Operator.Lexeme == "contains"
                ? text.Contains(part, StringComparison.Ordinal)
                : text.StartsWith(part, StringComparison.Ordinal)), null);
        }
    }

    private static (ExpressionValue, ExpressionFault?) Fail(FaultKind kind, ExpressionToken token) =>
        (ExpressionValue.None, new ExpressionFault(kind, token.Lexeme, token.Start));
}
