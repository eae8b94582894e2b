using Signalbox.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Signalbox.Delivery.Environments.Yaml;

/// <summary>Reads the part of YAML that a settings file needs: one document of mappings, lists and scalars.</summary>
/// <remarks>Whatever the text, reading ends soon and without an exception: nesting is bounded and aliases are refused.</remarks>
internal sealed class YamlReader
{
    private const int DeepestNesting = 16;

    private static readonly Rule TooDeep = new("SB3006", Severity.Error, "The file is nested too deeply");
    private static readonly Rule UnusedFeature = new("SB3007", Severity.Error, "A YAML feature that signalbox.yml does not use");
    private static readonly Rule SecondDocument = new("SB3008", Severity.Error, "The file holds more than one document");
    private static readonly Rule DuplicateKey = new("SB3009", Severity.Error, "A key is given twice");

    private readonly SourceText _source;
    private readonly Problems _problems;
    private readonly YamlEvents _events;

    private YamlReader(SourceText source, Problems problems)
    {
        _source = source;
        _problems = problems;
        _events = new YamlEvents(source, problems);
    }

    /// <summary>The first document, or null when there is none or the text is no YAML; that was reported then.</summary>
    public static YamlNode? Read(SourceText source, Problems problems)
    {
        var reader = new YamlReader(source, problems);
        return reader.Document();
    }

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
                Report(SecondDocument, SpanOf(further), "a second document begins here", "keep one document and delete the `---` between the two");
                break;
            }

            return _events.Stopped ? null : root;
        }

        return null;
    }

    private YamlNode Node(ParsingEvent? happened, int depth)
    {
        if (happened is NodeEvent { Tag.IsEmpty: false } tagged)
            Report(UnusedFeature, SpanOf(tagged), "tags are not used here", "delete the tag; signalbox.yml knows what each value is");

        switch (happened)
        {
            case AnchorAlias alias:
                Report(UnusedFeature, SpanOf(alias), $"the alias {Culprit.Quote($"*{alias.Value}")} is not used here", "write the value out where it is needed");
                return new YamlNode.Unreadable(SpanOf(alias));
            case YamlDotNet.Core.Events.Scalar scalar:
                return Value(scalar);
            case SequenceStart or MappingStart when depth == DeepestNesting:
                Report(TooDeep, SpanOf(happened), $"this is nested more than {DeepestNesting} levels deep", "write it flatter; nothing in signalbox.yml nests so deep");
                _events.Stop();
                return new YamlNode.Unreadable(SpanOf(happened));
            case SequenceStart start:
                return Sequence(start, depth);
            case MappingStart start:
                return Mapping(start, depth);
            default:
                return new YamlNode.Unreadable(new Span(_source.Text.Length, 0));
        }
    }

    private YamlNode Value(YamlDotNet.Core.Events.Scalar scalar)
    {
        var span = SpanOf(scalar);
        return scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" }
            ? new YamlNode.Nothing(span)
            : new YamlNode.Scalar(span, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private YamlNode.Sequence Sequence(SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        var happened = _events.Next();
        for (; happened is not (null or SequenceEnd); happened = _events.Next())
            items.Add(Node(happened, depth + 1));

        var last = items.Count > 0 ? items[^1].Span.End : 0;
        return new YamlNode.Sequence(Whole(start, happened, closing: ']', last), [.. items]);
    }

    private YamlNode.Mapping Mapping(MappingStart start, int depth)
    {
        var entries = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        var last = 0;
        var happened = _events.Next();
        for (; happened is not (null or MappingEnd); happened = _events.Next())
        {
            var key = Node(happened, depth + 1);
            var value = Node(_events.Next(), depth + 1);
            last = Math.Max(key.Span.End, value.Span.End);
            Add(entries, key, value);
        }

        return new YamlNode.Mapping(Whole(start, happened, closing: '}', last), [.. entries.Values]);
    }

    private void Add(OrderedDictionary<string, YamlEntry> entries, YamlNode key, YamlNode value)
    {
        var name = key switch
        {
            YamlNode.Scalar scalar => scalar.Text,
            YamlNode.Nothing nothing => _source.Text.Substring(nothing.Span.Start, nothing.Span.Length),
            _ => null,
        };
        if (name is null)
        {
            if (key is not YamlNode.Unreadable)
                Report(UnusedFeature, key.Span, $"{key.Kind} cannot be a key here", "write the key as a plain word");
            return;
        }

        if (name == "<<" && value is YamlNode.Unreadable)
            return; // a merge key: the alias it merges was reported already

        if (entries.TryGetValue(name, out var first))
        {
            var line = _source.PositionOf(first.NameSpan.Start).Line;
            Report(DuplicateKey, key.Span, $"{Culprit.Quote(name)} was given already, in line {line}", "keep one of the two");
            return;
        }

        entries.Add(name, new YamlEntry(name, key.Span, value));
    }

    /// <summary>To the closing bracket, or to the last child where there is none: YAML itself lets a block run on to the next token.</summary>
    private Span Whole(ParsingEvent start, ParsingEvent? end, char closing, int lastChild)
    {
        var from = SpanOf(start).Start;
        var bracket = (int)(end?.End.Index ?? _source.Text.Length);
        var to = bracket < _source.Text.Length && _source.Text[bracket] == closing ? bracket + 1 : lastChild;
        return new Span(from, Math.Max(to - from, 0));
    }

    /// <summary>At the end of a file the parser's marks can lie behind it.</summary>
    private Span SpanOf(ParsingEvent happened)
    {
        var start = (int)Math.Min(happened.Start.Index, _source.Text.Length);
        var end = (int)Math.Min(happened.End.Index, _source.Text.Length);
        return new Span(start, Math.Max(end - start, 0));
    }

    private void Report(Rule rule, Span span, string message, string hint) =>
        _problems.Add(rule.At(_source, span, message, hint));
}
