using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform.Hcl;

/// <summary>One `name = …` in a `locals` block.</summary>
/// <param name="Value">From the first piece of the expression to the end of its last.</param>
/// <param name="Pieces">How many pieces the expression has; one is a literal.</param>
internal readonly record struct HclLocal(Span Name, Span Value, HclTokenKind FirstKind, int Pieces);

/// <summary>Finds the local values of a file and where they stand, so that one can be edited in place.</summary>
internal static class HclLocals
{
    public static IEnumerable<HclLocal> In(string text)
    {
        var lexer = new HclLexer(text);
        var depth = 0;
        var startsStatement = true;
        while (true)
        {
            var token = lexer.Next();
            if (token.Kind == HclTokenKind.End)
                yield break;
            if (depth == 0 && startsStatement && IsWord(text, token, "locals"))
            {
                token = lexer.Next();
                if (IsMark(text, token, '{'))
                {
                    foreach (var local in Body(text, lexer))
                        yield return local;
                    continue;
                }
            }

            startsStatement = token.Kind == HclTokenKind.NewLine || (startsStatement && IsMark(text, token, '}'));
            if (token.Kind == HclTokenKind.End)
                yield break;
            depth = Math.Max(0, depth + Change(text, token));
        }
    }

    /// <summary>The attributes up to the block's closing brace.</summary>
    private static IEnumerable<HclLocal> Body(string text, HclLexer lexer)
    {
        var token = lexer.Next();
        while (token.Kind != HclTokenKind.End && !IsMark(text, token, '}'))
        {
            var name = token;
            token = lexer.Next();
            if (name.Kind is not (HclTokenKind.Word or HclTokenKind.Text) || !IsMark(text, token, '='))
                continue;

            var first = token = lexer.Next();
            var (last, pieces, depth) = (first, 0, 0);
            while (token.Kind != HclTokenKind.End && (depth > 0 || (token.Kind != HclTokenKind.NewLine && !IsMark(text, token, '}'))))
            {
                depth += Change(text, token);
                if (token.Kind != HclTokenKind.NewLine)
                    (last, pieces) = (token, pieces + 1);
                token = lexer.Next();
            }

            yield return new HclLocal(new Span(name.Start, name.Length), new Span(first.Start, last.End - first.Start), first.Kind, pieces);
        }
    }

    private static int Change(string text, HclToken token) => token.Kind != HclTokenKind.Mark ? 0 : text[token.Start] switch
    {
        '{' or '[' or '(' => 1,
        '}' or ']' or ')' => -1,
        _ => 0,
    };

    private static bool IsWord(string text, HclToken token, string word) =>
        token.Kind == HclTokenKind.Word && text.AsSpan(token.Start, token.Length).SequenceEqual(word);

    private static bool IsMark(string text, HclToken token, char mark) => token.Kind == HclTokenKind.Mark && text[token.Start] == mark;
}
