using System.Collections.Immutable;
using System.Text;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Interpolation;

/// <summary>Puts values where a config refers to them. A scalar that is one reference keeps the value's type.</summary>
internal sealed class Interpolator(References references, CompilationReport report)
{
    private const int LongestText = 4 * 1024 * 1024;

    private static readonly Rule Unclosed = new("SB1020", Severity.Error, "A `<<` opens a tag that is never closed");
    private static readonly Rule UnknownVariable = new("SB1021", Severity.Error, "A reference names nothing");
    private static readonly Rule TagInKey = new("SB1023", Severity.Error, "A tag stands in a key");
    private static readonly Rule UnbalancedSection = new("SB1024", Severity.Error, "A section is not closed");
    private static readonly Rule TextTooLong = new("SB1025", Severity.Error, "A text would become too long");

    /// <returns>The same node when nothing in it is a reference.</returns>
    public YamlNode Substitute(YamlNode node, Frame frame, bool isEnvironment = false)
    {
        if (frame.IsLiteral || report.IsExhausted)
            return node;
        switch (node)
        {
            case YamlNode.Scalar scalar:
                return Template.MayHoldTags(scalar.Text) && scalar.IsText ? Scalar(scalar, frame, isEnvironment) : scalar;
            case YamlNode.Sequence sequence:
                return Sequence(sequence, frame, isEnvironment);
            default:
                return Mapping((YamlNode.Mapping)node, frame, isEnvironment);
        }
    }

    public YamlNode.Mapping Substitute(YamlNode.Mapping mapping, Frame frame) => (YamlNode.Mapping)Substitute((YamlNode)mapping, frame);

    /// <summary>The argument that a scalar refers to as a whole, with the scope it came from; null when it is anything else.</summary>
    public static BoundValue? Argument(YamlNode node, Frame frame) =>
        node is YamlNode.Scalar { IsText: true } scalar && !frame.IsLiteral && Template.MayHoldTags(scalar.Text) && Template.Parse(scalar.Text).Whole is { } tag
            ? References.Bound(tag.Content, frame)
            : null;

    private YamlNode.Sequence Sequence(YamlNode.Sequence sequence, Frame frame, bool isEnvironment)
    {
        ImmutableArray<YamlNode>.Builder? changed = null;
        for (var i = 0; i < sequence.Items.Length; i++)
        {
            var item = sequence.Items[i];
            var value = Substitute(item, frame, isEnvironment);
            if (!ReferenceEquals(item, value))
                (changed ??= sequence.Items.ToBuilder())[i] = value;
        }

        return changed is null ? sequence : new YamlNode.Sequence(sequence.Source, sequence.Span, changed.MoveToImmutable());
    }

    private YamlNode.Mapping Mapping(YamlNode.Mapping mapping, Frame frame, bool isEnvironment)
    {
        ImmutableArray<YamlEntry>.Builder? changed = null;
        for (var i = 0; i < mapping.Entries.Length; i++)
        {
            var entry = mapping.Entries[i];
            if (Template.MayHoldTags(entry.Name) && Template.IsReference(entry.Key))
                report.Add(TagInKey, entry.Key, "a key cannot hold a `<< >>` tag; only values are substituted", "write the key out", frame.Calls);
            var value = Substitute(entry.Value, frame, isEnvironment || entry.Name == "environment");
            if (!ReferenceEquals(entry.Value, value))
                (changed ??= mapping.Entries.ToBuilder())[i] = entry with { Value = value };
        }

        return changed is null ? mapping : new YamlNode.Mapping(mapping.Source, mapping.Span, changed.MoveToImmutable());
    }

    private YamlNode Scalar(YamlNode.Scalar scalar, Frame frame, bool isEnvironment)
    {
        var template = Template.Parse(scalar.Text);
        if (template.UnclosedAt is { } opening)
        {
            report.Add(Unclosed, scalar.Source, ScalarPlace.Of(scalar, opening, 2), $"Unclosed '<<' tag in string: {Quoted(scalar.Text)}", "'<<' must be escaped as '\\<<' in config v2.1+", frame.Calls);
            return scalar;
        }

        if (template.Whole is { } whole)
            return Resolve(scalar, whole, frame) is { } found ? Typed(scalar, found, isEnvironment) : scalar;

        var text = Text(scalar, template, frame, isEnvironment);
        report.Spend(scalar, nodes: 0, characters: text.Length);
        return YamlNode.Scalar.OfText(scalar, text);
    }

    private static YamlNode Typed(YamlNode.Scalar scalar, Referent found, bool isEnvironment) => found switch
    {
        Referent.Node { Value: var node } => node,
        _ => YamlNode.Scalar.OfText(scalar, isEnvironment ? "<nil>" : ""),
    };

    private string Text(YamlNode.Scalar scalar, Template template, Frame frame, bool isEnvironment)
    {
        var text = new StringBuilder();
        var sections = new Stack<(TemplatePart.Tag Tag, bool IsKept)>();
        foreach (var part in template.Parts)
        {
            var isKept = sections.All(section => section.IsKept);
            switch (part)
            {
                case TemplatePart.Literal literal when isKept:
                    text.Append(literal.Text);
                    break;
                case TemplatePart.Tag { Sign: '#' or '^' } opening:
                    var isTruthy = Resolve(scalar, opening, frame) is Referent.Node { Value: var condition } && Truth.Of(condition);
                    sections.Push((opening, isTruthy == (opening.Sign == '#')));
                    break;
                case TemplatePart.Tag { Sign: '/' } closing:
                    if (!sections.TryPop(out var open) || open.Tag.Content != closing.Content)
                        Unbalanced(scalar, closing, frame);
                    break;
                case TemplatePart.Tag tag when isKept && Resolve(scalar, tag, frame) is { } found:
                    text.Append(Rendered(scalar, tag, found, frame, isEnvironment));
                    break;
            }

            if (text.Length > LongestText)
            {
                report.Add(TextTooLong, scalar, $"with its references in place this text is longer than {LongestText:N0} characters", "pass less text on", frame.Calls);
                return "";
            }
        }

        if (sections.TryPop(out var left))
            Unbalanced(scalar, left.Tag, frame);
        return text.ToString();
    }

    private string Rendered(YamlNode.Scalar scalar, TemplatePart.Tag tag, Referent found, Frame frame, bool isEnvironment)
    {
        switch (found)
        {
            case Referent.Node { Value: YamlNode.Scalar { Type: ScalarType.Boolean } boolean }:
                return boolean.IsTrue ? "true" : "false";
            case Referent.Node { Value: YamlNode.Scalar value }:
                return value.WholeNumber is { } number ? number.ToString() : value.Text;
            case Referent.Node { Value: YamlNode.Mapping executor } when executor["name"] is YamlNode.Scalar name:
                return name.Text;
            case Referent.Node { Value: var other }:
                report.Add(UnknownVariable, scalar.Source, ScalarPlace.Of(scalar, tag.Start, tag.Length), $"{Culprit.Quote(tag.Content)} is {other.Kind} and cannot stand inside a text", "make it the whole value", frame.Calls);
                return "";
            default:
                return isEnvironment ? "<nil>" : "";
        }
    }

    private Referent? Resolve(YamlNode.Scalar scalar, TemplatePart.Tag tag, Frame frame)
    {
        var found = references.Find(scalar, tag.Content, frame);
        if (found is not Referent.Nothing nothing)
            return found;
        var isHeredoc = tag.Content.Contains('\n', StringComparison.Ordinal);
        report.Add(nothing.Rule, scalar.Source, nothing.At(scalar, tag), nothing.Message, isHeredoc ? "'<<' must be escaped as '\\<<' in config v2.1+" : nothing.Hint, frame.Calls);
        return null;
    }

    private void Unbalanced(YamlNode.Scalar scalar, TemplatePart.Tag tag, Frame frame) =>
        report.Add(UnbalancedSection, scalar.Source, ScalarPlace.Of(scalar, tag.Start, tag.Length), $"the section {Culprit.Quote(tag.Content)} is not opened and closed in pairs", $"close `<<# {tag.Content} >>` with `<</ {tag.Content} >>`", frame.Calls);

    private static string Quoted(string text) => $"'{Culprit.Quote(text).Trim('`')}'";
}
