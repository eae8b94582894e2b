using System.Collections.Immutable;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Syntax;

/// <summary>A piece of a config and the exact place where it was written. Immutable; an alias shares the node it names.</summary>
/// <remarks>
/// Not a record: two nodes are the same node, or <see cref="YamlEquality"/> is asked whether they mean the same.
/// What the compiler makes up stands where its cause was written.
/// </remarks>
public abstract class YamlNode
{
    private YamlNode(SourceText source, Span span, int weight)
    {
        Source = source;
        Span = span;
        Weight = weight;
    }

    public SourceText Source { get; }

    public Span Span { get; }

    /// <summary>How many nodes this is, itself included, when every alias is written out.</summary>
    public int Weight { get; }

    /// <summary>How a message names this kind of value.</summary>
    public abstract string Kind { get; }

    private static int WeightOf(ImmutableArray<YamlNode> items)
    {
        var sum = 1L;
        foreach (var item in items)
            sum += item.Weight;
        return (int)Math.Min(sum, int.MaxValue);
    }

    private static int WeightOf(ImmutableArray<YamlEntry> entries)
    {
        var sum = 1L;
        foreach (var entry in entries)
            sum += 1L + entry.Value.Weight;
        return (int)Math.Min(sum, int.MaxValue);
    }

    /// <summary>A single value. Its type is YAML 1.1's, which is what CircleCI reads.</summary>
    public sealed class Scalar : YamlNode
    {
        /// <param name="text">Without quotes and with escapes resolved.</param>
        /// <param name="tag">The tag as written, such as `!!str`, or null.</param>
        public Scalar(SourceText source, Span span, string text, ScalarStyle style, string? tag)
            : this(source, span, text, style, tag, ScalarTypes.Of(text, style, tag)) { }

        private Scalar(SourceText source, Span span, string text, ScalarStyle style, string? tag, ScalarType type)
            : base(source, span, weight: 1)
        {
            Text = text;
            Style = style;
            Tag = tag;
            Type = type;
        }

        /// <summary>As written, whatever the type: `yes` and `0x1F` stay so.</summary>
        public string Text { get; }

        public ScalarStyle Style { get; }

        public string? Tag { get; }

        public ScalarType Type { get; }

        public bool IsText => Type == ScalarType.Text;

        public bool IsNull => Type == ScalarType.Null;

        /// <summary>The value of a <see cref="ScalarType.Boolean"/>; false for anything else.</summary>
        public bool IsTrue => Type == ScalarType.Boolean && ScalarTypes.IsTrue(Text);

        /// <summary>The value of an <see cref="ScalarType.WholeNumber"/> that fits 64 bits; null for anything else.</summary>
        public long? WholeNumber => Type == ScalarType.WholeNumber ? ScalarTypes.WholeNumber(Text) : null;

        public override string Kind => Type switch
        {
            ScalarType.Null => "nothing",
            ScalarType.Boolean => "a boolean",
            ScalarType.WholeNumber or ScalarType.Fraction => "a number",
            _ => "text",
        };

        /// <summary>Text that the compiler made, placed where its cause was written.</summary>
        public static Scalar OfText(YamlNode cause, string text) =>
            new(cause.Source, cause.Span, text, ScalarStyle.DoubleQuoted, tag: null, ScalarType.Text);

        public static Scalar OfBoolean(YamlNode cause, bool value) =>
            new(cause.Source, cause.Span, value ? "true" : "false", ScalarStyle.Plain, tag: null, ScalarType.Boolean);

        public static Scalar OfNumber(YamlNode cause, long value) =>
            new(cause.Source, cause.Span, value.ToString(), ScalarStyle.Plain, tag: null, ScalarType.WholeNumber);

        public static Scalar Nothing(YamlNode cause) =>
            new(cause.Source, cause.Span, "", ScalarStyle.Plain, tag: null, ScalarType.Null);
    }

    public sealed class Sequence(SourceText source, Span span, ImmutableArray<YamlNode> items) : YamlNode(source, span, WeightOf(items))
    {
        public ImmutableArray<YamlNode> Items { get; } = items;

        public override string Kind => "a list";

        public static Sequence At(YamlNode cause, IEnumerable<YamlNode> items) => new(cause.Source, cause.Span, [.. items]);
    }

    /// <summary>Keys with values, merge keys resolved, in the order of the text; a key stands once.</summary>
    public sealed class Mapping(SourceText source, Span span, ImmutableArray<YamlEntry> entries) : YamlNode(source, span, WeightOf(entries))
    {
        private const int FewEntries = 8;

        private Dictionary<string, YamlEntry>? _byName;

        public ImmutableArray<YamlEntry> Entries { get; } = entries;

        public override string Kind => "a mapping";

        public YamlNode? this[string name] => Find(name)?.Value;

        public YamlEntry? Find(string name)
        {
            if (Entries.Length > FewEntries)
            {
                _byName ??= Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
                return _byName.GetValueOrDefault(name);
            }

            foreach (var entry in Entries)
            {
                if (entry.Name == name)
                    return entry;
            }

            return null;
        }

        public static Mapping At(YamlNode cause, IEnumerable<YamlEntry> entries) => new(cause.Source, cause.Span, [.. entries]);
    }
}

/// <summary>One `key: value`.</summary>
public sealed record YamlEntry(YamlNode.Scalar Key, YamlNode Value)
{
    public string Name => Key.Text;

    /// <summary>An entry that the compiler made, placed where its value is.</summary>
    public static YamlEntry Of(string name, YamlNode value) => new(YamlNode.Scalar.OfText(value, name), value);
}

/// <summary>How a scalar was written.</summary>
public enum ScalarStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}
