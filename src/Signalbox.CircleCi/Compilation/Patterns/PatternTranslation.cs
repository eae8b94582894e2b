using System.Buffers;
using System.Text;

namespace Signalbox.CircleCi.Compilation.Patterns;

/// <summary>Rewrites what .NET spells differently: ASCII classes, POSIX classes, `\Q…\E`, named groups, the end of the text.</summary>
internal sealed class PatternTranslation
{
    private const string Digit = "0-9";
    private const string Word = "0-9A-Za-z_";
    private const string Space = @"\t\n\f\r ";

    private static readonly SearchValues<char> Repetition = SearchValues.Create("0123456789,");

    private readonly string _pattern;
    private readonly bool _isRe2;
    private readonly StringBuilder _text = new();
    private int _at;

    private PatternTranslation(string pattern, bool isRe2) => (_pattern, _isRe2) = (pattern, isRe2);

    /// <returns>The .NET pattern; null for what RE2 refuses and .NET would take.</returns>
    public static string? FromRe2(string pattern) => new PatternTranslation(pattern, isRe2: true).Translate();

    /// <returns>The .NET pattern; null for what cannot be translated, such as an intersection of classes.</returns>
    public static string? FromJava(string pattern) => new PatternTranslation(pattern, isRe2: false).Translate();

    private string? Translate()
    {
        while (_at < _pattern.Length)
        {
            var understood = _pattern[_at] switch
            {
                '\\' => Escape(inClass: false),
                '[' => Class(),
                '(' => Group(),
                '$' => Append(@"\z", 1),
                '{' when _isRe2 && !IsRepetition() => Append(@"\{", 1),
                var other => Append(other.ToString(), 1),
            };
            if (!understood)
                return null;
        }

        return _text.ToString();
    }

    private bool Escape(bool inClass)
    {
        if (_at + 1 == _pattern.Length)
            return false;
        return _pattern[_at + 1] switch
        {
            'd' => Append(inClass ? Digit : $"[{Digit}]", 2),
            'w' => Append(inClass ? Word : $"[{Word}]", 2),
            's' => Append(inClass ? Space : $"[{Space}]", 2),
            'D' when !inClass => Append($"[^{Digit}]", 2),
            'W' when !inClass => Append($"[^{Word}]", 2),
            'S' when !inClass => Append($"[^{Space}]", 2),
            'Q' => Quotation(),
            'p' or 'P' when _at + 2 < _pattern.Length && _pattern[_at + 2] != '{' =>
                Append($@"\{_pattern[_at + 1]}{{{_pattern[_at + 2]}}}", 3),
            'Z' or 'G' or 'k' or (>= '1' and <= '9') when _isRe2 => false,
            'h' when !_isRe2 => Append(inClass ? @" \t\xA0" : @"[ \t\xA0]", 2),
            var other => Append($@"\{other}", 2),
        };
    }

    private bool Quotation()
    {
        var end = _pattern.IndexOf(@"\E", _at + 2, StringComparison.Ordinal);
        var quoted = end < 0 ? _pattern[(_at + 2)..] : _pattern[(_at + 2)..end];
        foreach (var character in quoted)
            _text.Append(char.IsAsciiLetterOrDigit(character) ? "" : @"\").Append(character);
        _at = end < 0 ? _pattern.Length : end + 2;
        return true;
    }

    private bool Group()
    {
        if (At("(?P<"))
            return Append("(?<", 4);
        if (At("(?<") && !At("(?<=") && !At("(?<!"))
            return Append("(?<", 3);
        if (_isRe2 && (At("(?=") || At("(?!") || At("(?<") || At("(?>") || At("(?(") || At("(?#")))
            return false;
        return Append("(", 1);
    }

    private bool Class()
    {
        Append("[", 1);
        if (At("^"))
            Append("^", 1);
        if (At("]"))
            Append(@"\]", 1); // the first one is itself
        while (_at < _pattern.Length)
        {
            switch (_pattern[_at])
            {
                case ']':
                    return Append("]", 1);
                case '\\' when !Escape(inClass: true):
                    return false;
                case '\\':
                    break;
                case '[' when At("[:"):
                    if (!PosixClass())
                        return false;
                    break;
                case '[':
                    if (!_isRe2)
                        return false; // a union of classes
                    Append(@"\[", 1);
                    break;
                case '&' when !_isRe2 && At("&&"):
                    return false; // an intersection of classes
                default:
                    Append(_pattern[_at].ToString(), 1);
                    break;
            }
        }

        return false;
    }

    private bool PosixClass()
    {
        var end = _pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal);
        var members = end < 0 ? null : _pattern[(_at + 2)..end] switch
        {
            "alpha" => "A-Za-z",
            "digit" => Digit,
            "alnum" => "0-9A-Za-z",
            "upper" => "A-Z",
            "lower" => "a-z",
            "word" => Word,
            "space" => @"\t\n\v\f\r ",
            "blank" => @"\t ",
            "punct" => @"!-/:-@\[-`{-~",
            "xdigit" => "0-9A-Fa-f",
            "ascii" => @"\x00-\x7F",
            "cntrl" => @"\x00-\x1F\x7F",
            "print" => " -~",
            "graph" => "!-~",
            _ => null,
        };
        return members is not null && Append(members, end + 2 - _at);
    }

    /// <summary>`{2}`, `{2,}` or `{2,3}`; any other brace is itself in RE2.</summary>
    private bool IsRepetition()
    {
        var end = _pattern.IndexOf('}', _at);
        if (end < 0)
            return false;
        var inner = _pattern.AsSpan(_at + 1, end - _at - 1);
        return inner.Length > 0 && char.IsAsciiDigit(inner[0]) && !inner.ContainsAnyExcept(Repetition) && inner.Count(',') <= 1;
    }

    private bool At(string text) => string.CompareOrdinal(_pattern, _at, text, 0, text.Length) == 0;

    private bool Append(string text, int consumed)
    {
        _text.Append(text);
        _at += consumed;
        return true;
    }
}
