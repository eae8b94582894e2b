namespace Signalbox.CircleCi.Compilation.Expressions;

/// <summary>Why an expression has no value. The names are CircleCI's, in its spelling of <see cref="ExpressionFault.Name"/>.</summary>
internal enum FaultKind
{
    UnexpectedCharacter,
    IncompleteEquals,
    UnterminatedString,
    UnterminatedPattern,
    InvalidPattern,
    InvalidPatternCharacter,
    PatternTooLong,
    InvalidNumericLiteral,
    ExpectedExpression,
    ExpectedRightParen,
    UnexpectedAdditionalInput,
    UnknownBuiltinFunction,
    TooLong,
    UnknownVariable,
    ExpectedNumericOperand,
    ExpectedStringOperand,
    ExpectedPatternOperand,
}

/// <param name="Start">Where the culprit begins, in UTF-16 units.</param>
internal sealed record ExpressionFault(FaultKind Kind, string Lexeme, int Start)
{
    /// <summary>Stage and class as the conformance corpus writes them.</summary>
    public string Name => Kind switch
    {
        FaultKind.UnexpectedCharacter => "Scanner/UNEXPECTED_CHARACTER",
        FaultKind.IncompleteEquals => "Scanner/INCOMPLETE_EQUALS",
        FaultKind.UnterminatedString => "Scanner/UNTERMINATED_STRING",
        FaultKind.UnterminatedPattern => "Scanner/UNTERMINATED_PATTERN",
        FaultKind.InvalidPattern => "Scanner/INVALID_PATTERN",
        FaultKind.InvalidPatternCharacter => "Scanner/INVALID_PATTERN_CHARACTER",
        FaultKind.PatternTooLong => "Scanner/PATTERN_TOO_LONG",
        FaultKind.InvalidNumericLiteral => "Scanner/INVALID_NUMERIC_LITERAL",
        FaultKind.ExpectedExpression => "Parser/EXPECTED_EXPRESSION",
        FaultKind.ExpectedRightParen => "Parser/EXPECTED_RIGHT_PAREN",
        FaultKind.UnexpectedAdditionalInput => "Parser/UNEXPECTED_ADDITIONAL_INPUT",
        FaultKind.UnknownBuiltinFunction => "Parser/UNKNOWN_BUILTIN_FUNCTION",
        FaultKind.TooLong => "Parser/TOO_LONG",
        FaultKind.UnknownVariable => "Interpreter/UNKNOWN_VARIABLE",
        FaultKind.ExpectedNumericOperand => "Interpreter/EXPECTED_NUMERIC_OPERAND",
        FaultKind.ExpectedStringOperand => "Interpreter/EXPECTED_STRING_OPERAND",
        FaultKind.ExpectedPatternOperand => "Interpreter/EXPECTED_PATTERN_OPERAND",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What is wrong, in one sentence.</summary>
    public string Sentence => Kind switch
    {
        FaultKind.UnexpectedCharacter => $"unexpected character `{Lexeme}` in an expression",
        FaultKind.IncompleteEquals => "a single `=` in an expression",
        FaultKind.UnterminatedString => "a string in this expression never ends",
        FaultKind.UnterminatedPattern => "a pattern in this expression never ends",
        FaultKind.InvalidPattern => "a pattern in this expression is not a valid RE2 pattern",
        FaultKind.InvalidPatternCharacter => $"`{Lexeme}` cannot stand in a pattern of an expression",
        FaultKind.PatternTooLong => $"a pattern in this expression is longer than {ExpressionScanner.LongestPattern} characters",
        FaultKind.InvalidNumericLiteral => "a number in this expression is too large",
        FaultKind.ExpectedExpression => Lexeme.Length == 0 ? "this expression ends too early" : $"expected an expression, found `{Lexeme}`",
        FaultKind.ExpectedRightParen => "expected `)` in this expression",
        FaultKind.UnexpectedAdditionalInput => $"the expression is complete before `{Lexeme}`",
        FaultKind.UnknownBuiltinFunction => $"unknown operator `{Lexeme}` in an expression",
        FaultKind.TooLong => "this expression is too long",
        FaultKind.UnknownVariable => $"unknown variable `{Lexeme}` in an expression",
        FaultKind.ExpectedNumericOperand => $"`{Lexeme}` compares integers only",
        FaultKind.ExpectedStringOperand => $"`{Lexeme}` works on strings only",
        FaultKind.ExpectedPatternOperand => $"`{Lexeme}` needs a pattern such as `/v.*/` on its right",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public string Hint => Kind switch
    {
        FaultKind.UnexpectedCharacter when Lexeme == "'" => "strings have double quotes",
        FaultKind.IncompleteEquals => "compare with `==`",
        FaultKind.InvalidPatternCharacter => "only ASCII and Latin-1 characters, without `\\u` and `\\x`, are allowed",
        FaultKind.InvalidNumericLiteral => "the largest number is 9223372036854775807",
        FaultKind.UnknownBuiltinFunction => "the operators are `==`, `!=`, `<`, `<=`, `>`, `>=`, `starts-with`, `contains`, `matches`, `and`, `or` and `not`",
        FaultKind.UnknownVariable => "expressions read `pipeline.…` values and declared pipeline parameters",
        FaultKind.ExpectedPatternOperand => "write the pattern between slashes",
        _ => "correct the expression; docs/circleci.md describes the language",
    };
}
