namespace Signalbox.CircleCi.Compilation.Expressions;

internal enum TokenKind
{
    End,
    LeftParenthesis,
    RightParenthesis,
    Not,
    And,
    Or,
    Equal,
    NotEqual,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    Function,
    True,
    False,
    Number,
    Text,
    Pattern,
    Identifier,
}

/// <param name="Lexeme">As written.</param>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="Value">What a number, text or pattern stands for; null for the others.</param>
internal sealed record ExpressionToken(TokenKind Kind, string Lexeme, int Start, ExpressionValue? Value = null);
