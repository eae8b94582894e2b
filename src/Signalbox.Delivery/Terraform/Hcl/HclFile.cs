namespace Signalbox.Delivery.Terraform.Hcl;

/// <summary>
/// Finds the blocks of an HCL file. It reads just enough to find things and never prints a file back: see
/// design decision 2. A file with syntax errors gives the blocks that could be made out.
/// </summary>
internal sealed class HclFile
{
    private const int DeepestNesting = 64;

    private readonly string _text;
    private readonly HclLexer _lexer;
    private HclToken _token;

    private HclFile(string text)
    {
        _text = text;
        _lexer = new HclLexer(text);
        _token = _lexer.Next();
    }

    public static IReadOnlyList<HclBlock> Blocks(string text) => new HclFile(text).Body(depth: 0).Blocks;

    private (Dictionary<string, string> Literals, List<HclBlock> Blocks) Body(int depth)
    {
        var literals = new Dictionary<string, string>(StringComparer.Ordinal);
        var blocks = new List<HclBlock>();
        while (_token.Kind != HclTokenKind.End && !Is('}'))
        {
            if (_token.Kind != HclTokenKind.Word)
            {
                Advance();
                continue;
            }

            var name = _token;
            Advance();
            if (Is('='))
            {
                Advance();
                if (Expression() is { } value)
                    literals.TryAdd(TextOf(name), value);
            }
            else if (BlockAfter(name, depth) is { } block)
            {
                blocks.Add(block);
            }
        }

        return (literals, blocks);
    }

    private HclBlock? BlockAfter(HclToken type, int depth)
    {
        var labels = new List<string>();
        while (_token.Kind is HclTokenKind.Word or HclTokenKind.Text)
        {
            labels.Add(TextOf(_token).Trim('"'));
            Advance();
        }

        if (!Is('{') || depth >= DeepestNesting)
            return null;
        Advance();
        var (literals, blocks) = Body(depth + 1);
        var end = _token.End;
        Advance();
        return new HclBlock(TextOf(type), [.. labels], _text[type.Start..end], literals, [.. blocks]);
    }

    /// <summary>Passes over an expression to the end of its line, however it is bracketed; its value when it is one literal.</summary>
    private string? Expression()
    {
        var first = _token;
        var pieces = 0;
        var depth = 0;
        while (_token.Kind != HclTokenKind.End && (depth > 0 || (_token.Kind != HclTokenKind.NewLine && !Is('}'))))
        {
            if (Is('{') || Is('[') || Is('('))
                depth++;
            else if (Is('}') || Is(']') || Is(')'))
                depth--;
            pieces++;
            Advance();
        }

        return pieces == 1 ? LiteralOf(first) : null;
    }

    private string? LiteralOf(HclToken token)
    {
        var written = TextOf(token);
        return token.Kind switch
        {
            HclTokenKind.Word => written,
            HclTokenKind.Text when written[0] == '"' && written.Length >= 2 && written.AsSpan().IndexOfAny("$%\\") < 0 => written[1..^1],
            _ => null,
        };
    }

    private bool Is(char mark) => _token.Kind == HclTokenKind.Mark && _text[_token.Start] == mark;

    private void Advance() => _token = _lexer.Next();

    private string TextOf(HclToken token) => _text.Substring(token.Start, token.Length);
}
