using System.Collections.Immutable;
using Signalbox.Diagnostics;
using YamlDotNet.Core.Events;

namespace Signalbox.CircleCi.Syntax;

/// <summary>Reads YAML as CircleCI does: anchors, aliases and merge keys are resolved, an anchor may be defined again.</summary>
/// <remarks>Whatever the text, reading ends soon and without an exception: nesting and what aliases unfold to are bounded.</remarks>
public sealed class YamlReader
{
    /// <summary>Logic statements may be a hundred deep, and each takes a mapping and a list.</summary>
    public const int DeepestNesting = 256;

    /// <summary>How many nodes the aliases of one text may unfold to; real configs stay below ten thousand.</summary>
    public const int MostUnfolded = 1_000_000;

    private static readonly Rule TooDeep = new("SB1003", Severity.Error, "The config is nested too deeply");
    private static readonly Rule UnknownAlias = new("SB1004", Severity.Error, "An alias names no anchor");
    private static readonly Rule AliasBomb = new("SB1005", Severity.Error, "Aliases unfold to too much");
    private static readonly Rule SecondDocument = new("SB1006", Severity.Error, "The config holds more than one document");
    private static readonly Rule ComplexKey = new("SB1007", Severity.Error, "A key is not a plain word");

    private readonly SourceText _source;
    private readonly Problems _problems;
    private readonly YamlEvents _events;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _openAnchors = new(StringComparer.Ordinal);
    private long _unfolded;

    private YamlReader(SourceText source, Problems problems)
    {
        _source = source;
        _problems = problems;
        _events = new YamlEvents(source, problems);
    }

    /// <summary>The document; null when the text is empty, or when it is no YAML, which was reported then.</summary>
    public static YamlNode? Read(SourceText source, Problems problems) => new YamlReader(source, problems).Document();

    private YamlNode? Document()
    {
        while (_events.Next() is { } happened)
        {
            if (happened is not DocumentStart)
                continue;

            var root = Node(_events.Next(), depth: 0);
            while (_events.Next() is { } further)
            {
                if (further is not DocumentStart)
                    continue;
                Report(SecondDocument, _events.SpanOf(further), "a second document begins here", "keep one document and delete the `---` between the two");
                break;
            }

            return _events.Stopped ? null : root;
        }

        return null;
    }

    private YamlNode Node(ParsingEvent? happened, int depth)
    {
        switch (happened)
        {
            case AnchorAlias alias:
                return Aliased(alias);
            case Scalar scalar:
                return Anchored(scalar, new YamlNode.Scalar(_source, _events.SpanOf(scalar), scalar.Value, StyleOf(scalar), TagOf(scalar)));
            case SequenceStart or MappingStart when depth == DeepestNesting:
                Report(TooDeep, _events.SpanOf(happened), $"this is nested more than {DeepestNesting} levels deep", "write it flatter");
                _events.Stop();
                return Missing(_events.SpanOf(happened));
            case SequenceStart start:
                Open(start);
                return Anchored(start, Sequence(start, depth));
            case MappingStart start:
                Open(start);
                return Anchored(start, Mapping(start, depth));
            default:
                return Missing(new Span(_source.Text.Length, 0));
        }
    }

    private YamlNode Aliased(AnchorAlias alias)
    {
        var (name, span) = (alias.Value.Value, _events.SpanOf(alias));
        if (!_anchors.TryGetValue(name, out var node))
        {
            var (message, hint) = _openAnchors.Contains(name)
                ? ($"{Culprit.Quote($"*{name}")} stands inside the value it names", "write the inner value out")
                : ($"no anchor {Culprit.Quote($"&{name}")} is defined above this alias", NearestName.Of(name, _anchors.Keys) is { } near ? $"did you mean `*{near}`?" : "define the anchor before it is used");
            Report(UnknownAlias, span, message, hint);
            return Missing(span);
        }

        _unfolded += node.Weight;
        if (_unfolded > MostUnfolded && !_events.Stopped)
        {
            Report(AliasBomb, span, $"with this alias, the aliases of the file unfold to more than {MostUnfolded:N0} values", "repeat less");
            _events.Stop();
        }

        return node;
    }

    private void Open(NodeEvent start)
    {
        if (!start.Anchor.IsEmpty)
            _openAnchors.Add(start.Anchor.Value);
    }

    private YamlNode Anchored(NodeEvent start, YamlNode node)
    {
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
            _openAnchors.Remove(start.Anchor.Value);
        }

        return node;
    }

    private YamlNode.Sequence Sequence(SequenceStart start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        var last = 0;
        var happened = _events.Next();
        for (; happened is not (null or SequenceEnd); happened = _events.Next())
        {
            items.Add(Node(happened, depth + 1));
            last = OwnEnd(items[^1], happened);
        }

        return new YamlNode.Sequence(_source, Whole(start, happened, closing: ']', last), items.DrainToImmutable());
    }

    private YamlNode.Mapping Mapping(MappingStart start, int depth)
    {
        var entries = new MappingEntries(_source, _problems);
        var last = 0;
        var happened = _events.Next();
        for (; happened is not (null or MappingEnd); happened = _events.Next())
        {
            var key = Node(happened, depth + 1);
            var valueEvent = _events.Next();
            var value = Node(valueEvent, depth + 1);
            last = Math.Max(OwnEnd(key, happened), valueEvent is null ? 0 : OwnEnd(value, valueEvent));
            if (_events.Stopped)
                break;
            if (key is not YamlNode.Scalar name)
                Report(ComplexKey, _events.SpanOf(happened), $"{key.Kind} cannot be a key here", "write the key as a plain word; text that begins with `{` or `[` needs quotes");
            else if (happened is Scalar { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "<<" })
                entries.Merge(name, value);
            else
                entries.Add(name, value);
        }

        return new YamlNode.Mapping(_source, Whole(start, happened, closing: '}', last), entries.Conclude());
    }

    /// <summary>Where a child ends here: an alias ends where it is written, not where its anchor is.</summary>
    private int OwnEnd(YamlNode node, ParsingEvent happened) => happened is AnchorAlias ? Inside(happened.End.Index) : node.Span.End;

    /// <summary>To the closing bracket, or to the last child where there is none: YAML itself lets a block run on to the next token.</summary>
    private Span Whole(ParsingEvent start, ParsingEvent? end, char closing, int lastChild)
    {
        var from = Inside(start.Start.Index);
        var bracket = Inside(end?.Start.Index ?? _source.Text.Length);
        var to = bracket < _source.Text.Length && _source.Text[bracket] == closing ? bracket + 1 : lastChild;
        return new Span(from, Math.Max(to - from, 0));
    }

    private int Inside(long index) => (int)Math.Clamp(index, 0, _source.Text.Length);

    private YamlNode.Scalar Missing(Span span) => new(_source, span, "", ScalarStyle.Plain, tag: null);

    private static string? TagOf(Scalar scalar) => scalar.Tag.IsEmpty ? null : scalar.Tag.Value;

    private static ScalarStyle StyleOf(Scalar scalar) => scalar.Style switch
    {
        YamlDotNet.Core.ScalarStyle.SingleQuoted => ScalarStyle.SingleQuoted,
        YamlDotNet.Core.ScalarStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
        YamlDotNet.Core.ScalarStyle.Literal => ScalarStyle.Literal,
        YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Folded,
        _ => ScalarStyle.Plain,
    };

    private void Report(Rule rule, Span span, string message, string hint) =>
        _problems.Add(rule.At(_source, span, message, hint));
}
