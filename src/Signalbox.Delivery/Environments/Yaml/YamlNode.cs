using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Yaml;

/// <summary>A piece of a YAML file and the exact place where it stands.</summary>
internal abstract record YamlNode
{
    private YamlNode(Span span) => Span = span;

    public Span Span { get; }

    /// <summary>How a message names this kind of value.</summary>
    public abstract string Kind { get; }

    /// <param name="Text">As written, without quotes and with escapes resolved.</param>
    /// <param name="IsPlain">Written without quotes, so `true` may be meant as a boolean.</param>
    public sealed record Scalar(Span At, string Text, bool IsPlain) : YamlNode(At)
    {
        public override string Kind => "text";
    }

    public sealed record Sequence(Span At, ValueList<YamlNode> Items) : YamlNode(At)
    {
        public override string Kind => "a list";
    }

    /// <param name="Entries">Without duplicates: those were reported when the file was read.</param>
    public sealed record Mapping(Span At, ValueList<YamlEntry> Entries) : YamlNode(At)
    {
        public override string Kind => "a mapping";
    }

    /// <summary>No value, or the null of YAML's core schema.</summary>
    public sealed record Nothing(Span At) : YamlNode(At)
    {
        public override string Kind => "nothing";
    }

    /// <summary>Something that was already reported; whoever meets it says nothing more.</summary>
    public sealed record Unreadable(Span At) : YamlNode(At)
    {
        public override string Kind => "something unreadable";
    }
}

internal sealed record YamlEntry(string Name, Span NameSpan, YamlNode Value);
