using Signalbox.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Signalbox.CircleCi.Syntax;

/// <summary>The parser's events up to the first syntax error, which is reported and ends them.</summary>
internal sealed class YamlEvents(SourceText source, Problems problems)
{
    private static readonly Rule NotYaml = new("SB1001", Severity.Error, "The config is not valid YAML");
    private static readonly Rule TabIndentation = new("SB1002", Severity.Error, "A tab is used for indentation");

    private readonly Parser _parser = new(new StringReader(source.Text));

    /// <summary>No event will come any more although the file may go on.</summary>
    public bool Stopped { get; private set; }

    public void Stop() => Stopped = true;

    /// <summary>The next event; null at the end and for ever after an error.</summary>
    public ParsingEvent? Next()
    {
        if (Stopped)
            return null;
        try
        {
            return _parser.MoveNext() ? _parser.Current : null;
        }
        catch (YamlException wrong)
        {
            Report(Inside(wrong.Start.Index), Inside(wrong.End.Index), wrong.Message);
        }
        catch (Exception slip) when (slip is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser has no YamlException for an empty tag, an escape beyond Unicode or a stray document end.
            var at = Inside(_parser.Current?.End.Index ?? 0);
            Report(at, at, "something after this place is malformed");
        }

        return null;
    }

    /// <summary>At the end of a file the parser's marks can lie behind it.</summary>
    public Span SpanOf(ParsingEvent happened)
    {
        var start = Inside(happened.Start.Index);
        return new Span(start, Math.Max(Inside(happened.End.Index) - start, 0));
    }

    private int Inside(long index) => (int)Math.Clamp(index, 0, source.Text.Length);

    private void Report(int start, int end, string reason)
    {
        Stop();
        var last = Math.Min(source.PositionOf(end).Line + 1, source.LineCount);
        for (var line = source.PositionOf(start).Line; line <= last; line++)
        {
            if (TabIn(line) is not { } tab)
                continue;
            problems.Add(TabIndentation.At(source, tab, "this line is indented with a tab", "indent with spaces"));
            return;
        }

        problems.Add(NotYaml.At(source, new Span(start, Math.Max(end - start, 0)), InPlainWords(reason), "correct the YAML here; often an indentation, a quote or a bracket just before it"));
    }

    /// <summary>YAML forbids tabs in indentation, and nothing on the screen shows them; so they get their own words.</summary>
    private Span? TabIn(int line)
    {
        var span = source.SpanOfLine(line);
        var text = source.Text.AsSpan(span.Start, span.Length);
        var tab = text[..(text.Length - text.TrimStart(" \t").Length)].IndexOf('\t');
        return tab < 0 ? null : new Span(span.Start + tab, 1);
    }

    /// <summary>The parser speaks of productions; the mistakes that people make most get words of their own.</summary>
    private static string InPlainWords(string reason) => reason switch
    {
        _ when reason.Contains("quoted scalar, found unexpected end", StringComparison.Ordinal) => "the quoted text that begins here never ends",
        _ when reason.Contains("found invalid mapping", StringComparison.Ordinal) => "a second `:` in one line; text that holds `: ` needs quotes",
        _ when reason.Contains("did not find expected key", StringComparison.Ordinal) => "this does not line up with the keys above it",
        _ when reason.Contains("cannot start any token", StringComparison.Ordinal) => "text cannot begin with this character unless it is quoted",
        [var first, var second, ..] when char.IsUpper(first) && char.IsLower(second) => char.ToLowerInvariant(first) + reason[1..].TrimEnd('.'),
        _ => reason,
    };
}
