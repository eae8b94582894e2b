using System.Globalization;
using System.Text;
using Signalbox.CircleCi.Compilation.Patterns;

namespace Signalbox.CircleCi.Compilation.Expressions;

/// <summary>Cuts an expression into tokens, or finds the first character that belongs to none.</summary>
internal sealed class ExpressionScanner(string text)
{
    /// <summary>CircleCI's limit ("Expression restrictions" in its documentation).</summary>
    public const int LongestPattern = 128;

    private readonly List<ExpressionToken> _tokens = [];
    private int _at;

    /// <returns>The tokens, the last of which is the end; or the fault.</returns>
    public static (IReadOnlyList<ExpressionToken> Tokens, ExpressionFault? Fault) Scan(string text)
    {
        var scanner = new ExpressionScanner(text);
        var fault = scanner.Scan();
        return (scanner._tokens, fault);
    }

    private ExpressionFault? Scan()
    {
        while (_at < text.Length)
        {
            if (Next() is { } fault)
                return fault;
        }

        _tokens.Add(new ExpressionToken(TokenKind.End, "", text.Length));
        return null;
    }

    private ExpressionFault? Next()
    {
        switch (text[_at])
        {
            case ' ' or '\t' or '\r' or '\n':
                _at++;
                return null;
            case '(':
                return Add(TokenKind.LeftParenthesis, 1);
            case ')':
                return Add(TokenKind.RightParenthesis, 1);
            case '!':
                return Peek(1) == '=' ? Add(TokenKind.NotEqual, 2) : Add(TokenKind.Not, 1);
            case '>':
                return Peek(1) == '=' ? Add(TokenKind.GreaterEqual, 2) : Add(TokenKind.Greater, 1);
            case '<':
                return Peek(1) == '=' ? Add(TokenKind.LessEqual, 2) : Add(TokenKind.Less, 1);
            case '=':
                return Peek(1) == '=' ? Add(TokenKind.Equal, 2) : FaultAt(FaultKind.IncompleteEquals, _at + 1);
            case '"':
                return QuotedText();
            case '/':
                return PatternLiteral();
            case >= '0' and <= '9':
                return NumberLiteral();
            case var letter when char.IsAsciiLetter(letter):
                return Word();
            default:
                return FaultAt(FaultKind.UnexpectedCharacter, _at);
        }
    }

    private ExpressionFault? QuotedText()
    {
        var value = new StringBuilder();
        for (var at = _at + 1; at < text.Length; at++)
        {
            if (text[at] == '"')
                return Add(TokenKind.Text, at + 1 - _at, new ExpressionValue.Text(value.ToString()));
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\')
                at++;
            value.Append(text[at]);
        }

        return FaultAt(FaultKind.UnterminatedString, _at);
    }

    private ExpressionFault? PatternLiteral()
    {
        var value = new StringBuilder();
        for (var at = _at + 1; at < text.Length; at++)
        {
            var next = at + 1 < text.Length ? text[at + 1] : '\0';
            switch (text[at])
            {
                case '/':
                    return PatternEnding(at, value.ToString());
                case '\\' when next == '/':
                    value.Append('/');
                    at++;
                    break;
                case '\\' when next is 'u' or 'x':
                case > '\u00FF':
                    return FaultAt(FaultKind.InvalidPatternCharacter, at);
                default:
                    value.Append(text[at]);
                    break;
            }
        }

        return FaultAt(FaultKind.UnterminatedPattern, _at);
    }

    private ExpressionFault? PatternEnding(int end, string pattern)
    {
        if (pattern.Length > LongestPattern)
            return FaultAt(FaultKind.PatternTooLong, _at);
        return FullMatch.OfRe2(pattern) is { } match
            ? Add(TokenKind.Pattern, end + 1 - _at, new ExpressionValue.Pattern(match))
            : FaultAt(FaultKind.InvalidPattern, _at);
    }

    private ExpressionFault? NumberLiteral()
    {
        var end = _at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return long.TryParse(text.AsSpan(_at, end - _at), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? Add(TokenKind.Number, end - _at, new ExpressionValue.Number(value))
            : FaultAt(FaultKind.InvalidNumericLiteral, _at);
    }

    private ExpressionFault? Word()
    {
        var end = _at + 1;
        while (end < text.Length && (IsTail(text[end]) || (text[end] == '.' && end + 1 < text.Length && IsTail(text[end + 1]))))
            end++;

        var word = text[_at..end];
        return word switch
        {
            "and" or "AND" => Add(TokenKind.And, word.Length),
            "or" or "OR" => Add(TokenKind.Or, word.Length),
            "not" or "NOT" => Add(TokenKind.Not, word.Length),
            "true" or "TRUE" => Add(TokenKind.True, word.Length),
            "false" or "FALSE" => Add(TokenKind.False, word.Length),
            "starts-with" or "contains" or "matches" => Add(TokenKind.Function, word.Length),
            _ => Add(TokenKind.Identifier, word.Length),
        };
    }

    private static bool IsTail(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '?';

    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private ExpressionFault? Add(TokenKind kind, int length, ExpressionValue? value = null)
    {
        _tokens.Add(new ExpressionToken(kind, text.Substring(_at, length), _at, value));
        _at += length;
        return null;
    }

    /// <summary>The lexeme is the one character there, which may take two UTF-16 units.</summary>
    private ExpressionFault FaultAt(FaultKind kind, int at)
    {
        var length = at >= text.Length ? 0 : at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        return new ExpressionFault(kind, text.Substring(Math.Min(at, text.Length), length), at);
    }
}
