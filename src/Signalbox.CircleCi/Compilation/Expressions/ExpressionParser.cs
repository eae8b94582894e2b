namespace Signalbox.CircleCi.Compilation.Expressions;

/// <summary>
/// Reads an expression by descent. `or` binds weakest, then `and`, then `==`, `!=` and the functions at one level, then the
/// orderings, then `not`; all but `not` group to the left.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>Nobody writes such an expression; beyond it, recursion would be the limit.</summary>
    private const int MostTokens = 2_000;

    private readonly IReadOnlyList<ExpressionToken> _tokens;
    private int _at;
    private ExpressionFault? _fault;

    private ExpressionParser(IReadOnlyList<ExpressionToken> tokens) => _tokens = tokens;

    private ExpressionToken Current => _tokens[_at];

    /// <returns>The expression, or the first fault in it.</returns>
    public static (Expression? Expression, ExpressionFault? Fault) Parse(string text)
    {
        var (tokens, fault) = ExpressionScanner.Scan(text);
        if (fault is not null)
            return (null, fault);
        if (tokens.Count > MostTokens)
            return (null, new ExpressionFault(FaultKind.TooLong, tokens[MostTokens].Lexeme, tokens[MostTokens].Start));

        var parser = new ExpressionParser(tokens);
        var expression = parser.Or();
        if (parser._fault is null && parser.Current.Kind != TokenKind.End)
            parser._fault = parser.Leftover();
        return parser._fault is null ? (expression, null) : (null, parser._fault);
    }

    private Expression Or()
    {
        var left = And();
        while (Take(TokenKind.Or))
            left = new Expression.Connective(left, TokenKind.Or, And());
        return left;
    }

    private Expression And()
    {
        var left = Equality();
        while (Take(TokenKind.And))
            left = new Expression.Connective(left, TokenKind.And, Equality());
        return left;
    }

    private Expression Equality()
    {
        var left = Ordering();
        while (_fault is null && Current.Kind is TokenKind.Equal or TokenKind.NotEqual or TokenKind.Function)
            left = new Expression.Comparison(left, _tokens[_at++], Ordering());
        return left;
    }

    private Expression Ordering()
    {
        var left = Unary();
        while (_fault is null && Current.Kind is TokenKind.Greater or TokenKind.GreaterEqual or TokenKind.Less or TokenKind.LessEqual)
            left = new Expression.Comparison(left, _tokens[_at++], Unary());
        return left;
    }

    private Expression Unary() => Take(TokenKind.Not) ? new Expression.Negation(Unary()) : Primary();

    private Expression Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.True or TokenKind.False:
                _at++;
                return new Expression.Literal(ExpressionValue.Of(token.Kind == TokenKind.True));
            case TokenKind.Number or TokenKind.Text or TokenKind.Pattern:
                _at++;
                return new Expression.Literal(token.Value!);
            case TokenKind.Identifier:
                _at++;
                return new Expression.Variable(token);
            case TokenKind.LeftParenthesis:
                _at++;
                var inner = Or();
                if (!Take(TokenKind.RightParenthesis))
                    Fail(FaultKind.ExpectedRightParen);
                return inner;
            default:
                Fail(FaultKind.ExpectedExpression);
                return new Expression.Literal(ExpressionValue.None);
        }
    }

    /// <summary>A name followed by an operand was most likely meant as an operator.</summary>
    private ExpressionFault Leftover()
    {
        var first = Current;
        var additional = new ExpressionFault(FaultKind.UnexpectedAdditionalInput, first.Lexeme, first.Start);
        if (!Take(TokenKind.Identifier))
            return additional;
        Ordering();
        return _fault is null ? new ExpressionFault(FaultKind.UnknownBuiltinFunction, first.Lexeme, first.Start) : additional;
    }

    private bool Take(TokenKind kind)
    {
        if (_fault is not null || Current.Kind != kind)
            return false;
        _at++;
        return true;
    }

    private void Fail(FaultKind kind) => _fault ??= new ExpressionFault(kind, Current.Lexeme, Current.Start);
}
