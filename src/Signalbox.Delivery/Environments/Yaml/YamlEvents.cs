using Signalbox.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Signalbox.Delivery.Environments.Yaml;

/// <summary>The parser's events up to the first syntax error, which is reported and ends them.</summary>
internal sealed class YamlEvents(SourceText source, Problems problems)
{
    private static readonly Rule NotYaml = new("SB3004", Severity.Error, "The file is not valid YAML");
    private static readonly Rule TabIndentation = new("SB3005", Severity.Error, "A tab is used for indentation");

    private readonly Parser _parser = new(new StringReader(source.Text));

    /// <summary>No event will come any more although the file goes on.</summary>
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
            Report((int)wrong.Start.Index, (int)wrong.End.Index, wrong.Message);
        }
        catch (Exception slip) when (slip is ArgumentException or InvalidOperationException)
        {
            // The parser has no YamlException for an empty tag, an escape beyond Unicode or a stray document end.
            var at = (int)(_parser.Current?.End.Index ?? 0);
            Report(at, at, "something after this place is malformed");
        }

        return null;
    }

    private void Report(int start, int end, string reason)
    {
        Stop();
        var (from, to) = (source.PositionOf(start).Line, Math.Min(source.PositionOf(end).Line + 1, source.LineCount));
        if (reason.Contains(" tab ", StringComparison.Ordinal) ? ReportTabs(1, source.LineCount) : ReportTabs(from, to))
            return;

        var span = new Span(Math.Min(start, source.Text.Length), Math.Max(Math.Min(end, source.Text.Length) - start, 0));
        problems.Add(NotYaml.At(source, span, InPlainWords(reason), "correct the YAML here; often an indentation, a quote or a bracket just before it"));
    }

    /// <summary>YAML forbids tabs in indentation, and nothing on the screen shows them; so they get their own words.</summary>
    private bool ReportTabs(int from, int to)
    {
        var found = false;
        for (var number = from; number <= to; number++)
        {
            var line = source.SpanOfLine(number);
            var text = source.Text.AsSpan(line.Start, line.Length);
            var indentation = text[..(text.Length - text.TrimStart(" \t").Length)];
            if (indentation.IndexOf('\t') is var tab and >= 0)
            {
                problems.Add(TabIndentation.At(source, new Span(line.Start + tab, 1), "this line is indented with a tab", "indent with spaces"));
                found = true;
            }
        }

        return found;
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
