using System.Buffers;
using System.Globalization;

namespace Signalbox.CircleCi.Syntax;

public enum ScalarType
{
    Null,
    Boolean,
    WholeNumber,
    Fraction,
    Text,
}

/// <summary>The types of YAML 1.1 scalars as CircleCI uses them: `yes` and `on` are booleans, a date stays text.</summary>
internal static class ScalarTypes
{
    /// <summary>Text longer than this is text: no number or boolean needs so many characters.</summary>
    private const int LongestValue = 64;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF_");
    private static readonly SearchValues<char> Octal = SearchValues.Create("01234567_");
    private static readonly SearchValues<char> Binary = SearchValues.Create("01_");
    private static readonly SearchValues<char> Decimal = SearchValues.Create("0123456789_");
    private static readonly SearchValues<char> Mantissa = SearchValues.Create("0123456789._");

    public static ScalarType Of(string text, ScalarStyle style, string? tag) => tag switch
    {
        null or "?" => style == ScalarStyle.Plain ? OfPlain(text) : ScalarType.Text,
        "tag:yaml.org,2002:int" => OfPlain(text) == ScalarType.WholeNumber ? ScalarType.WholeNumber : ScalarType.Text,
        "tag:yaml.org,2002:float" => OfPlain(text) is ScalarType.WholeNumber or ScalarType.Fraction ? ScalarType.Fraction : ScalarType.Text,
        "tag:yaml.org,2002:bool" => OfPlain(text) == ScalarType.Boolean ? ScalarType.Boolean : ScalarType.Text,
        "tag:yaml.org,2002:null" => ScalarType.Null,
        _ => ScalarType.Text,
    };

    public static bool IsTrue(string text) =>
        text is "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON";

    public static long? WholeNumber(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var isNegative = digits.StartsWith('-');
        var magnitude = digits.TrimStart('+', '-');
        var (body, radix) = magnitude switch
        {
            ['0', 'x', .. var hexadecimal] => (hexadecimal, 16),
            ['0', 'b', .. var binary] => (binary, 2),
            ['0', 'o', .. var octal] => (octal, 8),
            ['0', .. var octal] when octal.Length > 0 && !octal.AsSpan().ContainsAnyExceptInRange('0', '7') => (octal, 8),
            _ => (magnitude, 10),
        };
        if (radix == 10)
            return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
        try
        {
            return isNegative ? -Convert.ToInt64(body, radix) : Convert.ToInt64(body, radix);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static ScalarType OfPlain(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return ScalarType.Null;
            case "true" or "True" or "TRUE" or "false" or "False" or "FALSE":
            case "yes" or "Yes" or "YES" or "no" or "No" or "NO" or "on" or "On" or "ON" or "off" or "Off" or "OFF":
                return ScalarType.Boolean;
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "-.inf" or ".nan" or ".NaN" or ".NAN":
                return ScalarType.Fraction;
        }

        var unsigned = text[0] is '+' or '-' ? text.AsSpan(1) : text.AsSpan();
        if (unsigned.Length is 0 or > LongestValue || !(char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.'))
            return ScalarType.Text;
        return IsWholeNumber(unsigned) ? ScalarType.WholeNumber : IsFraction(unsigned) ? ScalarType.Fraction : ScalarType.Text;
    }

    private static bool IsWholeNumber(ReadOnlySpan<char> unsigned) => unsigned switch
    {
        ['0', 'x', .. var digits] => IsMadeOf(digits, Hexadecimal),
        ['0', 'b', .. var digits] => IsMadeOf(digits, Binary),
        ['0', 'o', .. var digits] => IsMadeOf(digits, Octal),
        _ => char.IsAsciiDigit(unsigned[0]) && IsMadeOf(unsigned, Decimal),
    };

    private static bool IsFraction(ReadOnlySpan<char> unsigned)
    {
        var exponent = unsigned.IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? unsigned : unsigned[..exponent];
        var digits = mantissa.Count('.') <= 1 && mantissa.ContainsAnyInRange('0', '9') && !mantissa.ContainsAnyExcept(Mantissa);
        if (!digits || exponent < 0)
            return digits;
        var power = unsigned[(exponent + 1)..];
        if (power is ['+' or '-', ..])
            power = power[1..];
        return power.Length > 0 && !power.ContainsAnyExceptInRange('0', '9');
    }

    private static bool IsMadeOf(ReadOnlySpan<char> digits, SearchValues<char> allowed) =>
        digits.ContainsAnyExcept('_') && !digits.ContainsAnyExcept(allowed);
}
