using System.Buffers;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>The names that Terraform gives to things, checked here so that a typo is not first seen in a plan.</summary>
internal static class TerraformNames
{
    private static readonly SearchValues<char> IdentifierLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    private static readonly Rule BadIdentifier = new("SB3026", Severity.Error, "A name is not one that Terraform allows");
    private static readonly Rule BadResourceType = new("SB3027", Severity.Error, "A word is not a resource type");
    private static readonly Rule BadAddress = new("SB3028", Severity.Error, "A word is not a Terraform address");

    /// <summary>The setting's value as the name of a variable or an output.</summary>
    public static string? Identifier(Setting setting) =>
        setting.Text() is { } text && CheckIdentifier(setting, setting.Place, text) ? text : null;

    public static bool CheckIdentifier(Setting setting, Span place, string text)
    {
        if (IsIdentifier(text))
            return true;
        setting.Reading.Problems.Add(BadIdentifier.At(
            setting.Reading.Source,
            place,
            $"{Culprit.Quote(text)} cannot name a variable or an output in Terraform",
            "use letters, digits, `_` and `-`, and begin with a letter or `_`"));
        return false;
    }

    public static string? ResourceType(Setting setting)
    {
        if (setting.Text() is not { } text)
            return null;
        if (IsIdentifier(text) && text.IndexOf('_') > 0)
            return text;
        setting.Report(BadResourceType, $"{Culprit.Quote(text)} is not a resource type", "write the type alone, as in `aws_dynamodb_table`");
        return null;
    }

    public static string? Address(Setting setting)
    {
        if (setting.Text() is not { } text)
            return null;
        if (IsAddress(text))
            return text;
        setting.Report(BadAddress, $"{Culprit.Quote(text)} is not the address of a module or a resource", "write it as `terraform state list` prints it, as in `module.aurora` or `aws_s3_bucket.raw[\"x\"]`");
        return null;
    }

    private static bool IsIdentifier(ReadOnlySpan<char> text) => text.Length > 0 && LengthOfIdentifier(text) == text.Length;

    private static int LengthOfIdentifier(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !(char.IsAsciiLetter(text[0]) || text[0] == '_'))
            return 0;
        var end = text.IndexOfAnyExcept(IdentifierLetters);
        return end < 0 ? text.Length : end;
    }

    /// <summary>Modules first, each `module.NAME`, then at most one `TYPE.NAME`; every NAME may carry an index.</summary>
    private static bool IsAddress(ReadOnlySpan<char> rest)
    {
        while (true)
        {
            var kind = rest[..LengthOfIdentifier(rest)];
            rest = rest[kind.Length..];
            if (kind.IsEmpty || !TakeName(ref rest))
                return false;
            if (rest.IsEmpty)
                return true;
            if (kind is not "module" || rest[0] != '.')
                return false;
            rest = rest[1..];
        }
    }

    /// <summary>Takes `.NAME`, `.NAME[0]` or `.NAME["key"]` from the front.</summary>
    private static bool TakeName(ref ReadOnlySpan<char> rest)
    {
        if (rest is not ['.', .. var name] || LengthOfIdentifier(name) is not (> 0 and var length))
            return false;
        rest = name[length..];
        if (rest is not ['[', .. var index])
            return true;

        var end = index is ['"', .. var key] ? EndOfQuoted(key) + 1 : LengthOfDigits(index);
        if (end <= 0 || end >= index.Length || index[end] != ']')
            return false;
        rest = index[(end + 1)..];
        return true;
    }

    /// <summary>Just after the closing quote; -1 when there is none.</summary>
    private static int EndOfQuoted(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"')
                return at + 1;
            if (text[at] == '\\')
                at++;
        }

        return -1;
    }

    private static int LengthOfDigits(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;
}
