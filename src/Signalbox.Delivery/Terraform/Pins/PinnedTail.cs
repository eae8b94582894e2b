using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform.Pins;

/// <summary>The literal end of a pinned reference: `…/repository:tag@digest`.</summary>
/// <param name="Start">Where tag or digest begin in the literal, at their `:` or `@`; its end when there is neither.</param>
internal sealed record PinnedTail(string? Repository, string? Tag, ImageDigest? Digest, int Start)
{
    /// <summary>What follows the last interpolation of a string.</summary>
    public static Span LiteralEndOf(string text, Span inside)
    {
        // Interpolations nest and hold strings of their own, so they are counted from the front, as the lexer does.
        var (at, literal) = (inside.Start, inside.Start);
        while (at < inside.End)
        {
            if (text[at] is '$' or '%' && at + 1 < inside.End && text[at + 1] == '{' && !(at > inside.Start && text[at - 1] == text[at]))
                literal = at = EndOfInterpolation(text, at + 2, inside.End);
            else
                at += text[at] == '\\' ? 2 : 1;
        }

        return new Span(literal, Math.Max(0, inside.End - literal));
    }

    /// <param name="followsInterpolation">The literal's beginning belongs to what an expression gave.</param>
    public static PinnedTail? Read(string literal, bool followsInterpolation)
    {
        if (literal.Length == 0 || literal.AsSpan().ContainsAny("\\ ${}"))
            return null;
        var name = literal.LastIndexOf('/') is var slash and >= 0 ? slash + 1 : 0;
        var start = literal.AsSpan(name).IndexOfAny(":@") is var mark and >= 0 ? name + mark : literal.Length;
        if (start == literal.Length && name == literal.Length)
            return null;

        var tail = literal[start..];
        var at = tail.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : ImageDigest.Parse(tail[(at + 1)..]);
        var tag = tail.StartsWith(':') ? tail[1..(at < 0 ? tail.Length : at)] : null;
        if ((at >= 0 && digest is null) || (tag is not null && !TagTemplate.IsTag(tag)))
            return null;
        return new PinnedTail(RepositoryIn(literal[..start], followsInterpolation), tag, digest, start);
    }

    private static string? RepositoryIn(string path, bool followsInterpolation)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (followsInterpolation)
            return slash >= 0 && slash + 1 < path.Length ? path[(slash + 1)..] : null;
        return ImageReference.Parse(path)?.Repository;
    }

    private static int EndOfInterpolation(string text, int at, int end)
    {
        // A string inside an interpolation may hold braces and interpolations: the lexer passes over it whole.
        var depth = 1;
        var lexer = new Hcl.HclLexer(text, at);
        while (depth > 0)
        {
            var token = lexer.Next();
            if (token.Kind == Hcl.HclTokenKind.End || token.Start >= end)
                return end;
            if (token.Kind == Hcl.HclTokenKind.Mark)
                depth += text[token.Start] switch { '{' => 1, '}' => -1, _ => 0 };
            at = token.End;
        }

        return at;
    }
}
