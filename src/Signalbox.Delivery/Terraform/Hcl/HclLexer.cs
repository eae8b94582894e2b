namespace Signalbox.Delivery.Terraform.Hcl;

/// <summary>
/// Cuts an HCL file into pieces (HCL native syntax specification, "Lexical Elements"). It never fails: what it does
/// not know is punctuation, and a string that is not closed ends with the file. Terraform is the judge of syntax.
/// </summary>
/// <param name="start">Where to begin; a place where a piece begins.</param>
internal sealed class HclLexer(string text, int start = 0)
{
    private int _at = start;

    public HclToken Next()
    {
        SkipBlanksAndComments();
        var first = _at;
        if (first >= text.Length)
            return new HclToken(HclTokenKind.End, first, 0);

        var kind = text[first] switch
        {
            '\n' => Take(1, HclTokenKind.NewLine),
            '"' => TakeQuoted(),
            '<' when text.AsSpan(first).StartsWith("<<", StringComparison.Ordinal) => TakeHeredoc(),
            var c when IsWord(c) => TakeWord(),
            _ => Take(1, HclTokenKind.Mark),
        };
        return new HclToken(kind, first, _at - first);
    }

    private void SkipBlanksAndComments()
    {
        while (_at < text.Length)
        {
            var rest = text.AsSpan(_at);
            if (rest[0] is ' ' or '\t' or '\r' or '\uFEFF')
                _at++;
            else if (EndOfComment(_at) is var end and > 0)
                _at = end;
            else
                return;
        }
    }

    /// <summary>The character after the comment that starts here; -1 when none does.</summary>
    private int EndOfComment(int at)
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith('#') || rest.StartsWith("//", StringComparison.Ordinal))
            return IndexOrEnd("\n", at);
        return rest.StartsWith("/*", StringComparison.Ordinal) ? Math.Min(text.Length, IndexOrEnd("*/", at + 2) + 2) : -1;
    }

    private HclTokenKind Take(int length, HclTokenKind kind)
    {
        _at += length;
        return kind;
    }

    private HclTokenKind TakeWord()
    {
        while (_at < text.Length && IsWord(text[_at]))
            _at++;
        return HclTokenKind.Word;
    }

    private HclTokenKind TakeQuoted()
    {
        _at = EndOfQuoted(_at);
        return HclTokenKind.Text;
    }

    /// <summary>The character after the string that starts at <paramref name="open"/>; strings nest inside `${ }`.</summary>
    private int EndOfQuoted(int open)
    {
        // Each entry is a string (true) or an interpolation (false) that is still open.
        var nesting = new Stack<bool>([true]);
        var at = open + 1;
        while (at < text.Length && nesting.Count > 0)
        {
            var inString = nesting.Peek();
            switch (text[at])
            {
                case '\\' when inString:
                    at += 2;
                    continue;
                case '"':
                    if (inString)
                        nesting.Pop();
                    else
                        nesting.Push(true);
                    break;
                case '$' or '%' when inString && Follows(at + 1, '{'):
                    // `$${` and `%%{` are the escapes for a literal brace.
                    if (!(at > 0 && text[at - 1] == text[at]))
                        nesting.Push(false);
                    at++;
                    break;
                case '{' when !inString:
                    nesting.Push(false);
                    break;
                case '#' or '/' when !inString && EndOfComment(at) is var end and > 0:
                    at = end;
                    continue;
                case '}' when !inString:
                    nesting.Pop();
                    break;
            }

            at++;
        }

        return Math.Min(at, text.Length);
    }

    private HclTokenKind TakeHeredoc()
    {
        var name = _at + 2;
        if (Follows(name, '-'))
            name++;
        var nameEnd = name;
        while (nameEnd < text.Length && IsWord(text[nameEnd]))
            nameEnd++;
        if (nameEnd == name)
            return Take(2, HclTokenKind.Mark);

        var marker = text.AsSpan(name, nameEnd - name);
        var line = IndexOrEnd("\n", nameEnd);
        while (line < text.Length)
        {
            var next = IndexOrEnd("\n", line + 1);
            if (text.AsSpan(line + 1, next - line - 1).Trim(" \t\r").SequenceEqual(marker))
            {
                _at = next;
                return HclTokenKind.Text;
            }

            line = next;
        }

        _at = text.Length;
        return HclTokenKind.Text;
    }

    private bool Follows(int at, char c) => at < text.Length && text[at] == c;

    private int IndexOrEnd(string what, int from)
    {
        var at = from >= text.Length ? -1 : text.IndexOf(what, from, StringComparison.Ordinal);
        return at < 0 ? text.Length : at;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '-';
}
