using Signalbox.Delivery.Environments.Yaml;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>What the reading of one file shares.</summary>
internal sealed record SettingsReading(SourceText Source, Problems Problems, LookUp LookUp);

/// <summary>One value of the file. Asking it for the wrong kind reports that and answers null.</summary>
/// <param name="address">The way to it, such as `environments.prod.root`.</param>
/// <param name="name">Its own key.</param>
/// <param name="nameSpan">Where the key stands.</param>
internal sealed class Setting(SettingsReading reading, string address, string name, Span nameSpan, YamlNode value)
{
    private static readonly Rule WrongKind = new("SB3012", Severity.Error, "A value is of the wrong kind");

    public SettingsReading Reading { get; } = reading;

    public string Address { get; } = address;

    public string Name { get; } = name;

    public Span NameSpan { get; } = nameSpan;

    /// <summary>Where to point when the value is wrong; an absent value has no place, so its key stands in.</summary>
    public Span Place => value is YamlNode.Nothing && NameSpan.Length > 0 ? NameSpan : value.Span;

    public void Report(Rule rule, string message, string? hint) =>
        Reading.Problems.Add(rule.At(Reading.Source, Place, message, hint));

    /// <summary>Text, a number or a boolean, as it was written.</summary>
    public string? Text()
    {
        if (value is YamlNode.Scalar { Text.Length: > 0 } scalar)
            return scalar.Text;
        Refuse("text");
        return null;
    }

    /// <summary>As <see cref="Text"/>, with booleans in the one spelling that Terraform reads; empty text in quotes is a value.</summary>
    public string? ScalarText()
    {
        if (value is YamlNode.Scalar scalar)
            return Boolean(scalar) is { } flag ? (flag ? "true" : "false") : scalar.Text;
        Refuse("text, a number or a boolean");
        return null;
    }

    public bool? Flag()
    {
        if (value is YamlNode.Scalar scalar && Boolean(scalar) is { } flag)
            return flag;
        Refuse("`true` or `false`");
        return null;
    }

    /// <summary>The items of a list; none when the value is no list.</summary>
    public IEnumerable<Setting> Items()
    {
        if (value is YamlNode.Sequence sequence)
            return sequence.Items.Select((item, index) => new Setting(Reading, $"{Address}[{index}]", Name, item.Span, item));
        Refuse("a list");
        return [];
    }

    /// <summary>The mapping, with its unknown keys reported.</summary>
    public Section? Open(SectionShape shape)
    {
        if (value is YamlNode.Mapping mapping)
            return Section.Of(this, shape, mapping);
        Refuse("a mapping");
        return null;
    }

    private static bool? Boolean(YamlNode.Scalar scalar) => scalar switch
    {
        { IsPlain: true, Text: "true" or "True" or "TRUE" } => true,
        { IsPlain: true, Text: "false" or "False" or "FALSE" } => false,
        _ => null,
    };

    private void Refuse(string wanted)
    {
        var subject = Address.Length > 0 ? Culprit.Quote(Address) : "the file";
        switch (value)
        {
            case YamlNode.Unreadable:
                break;
            case YamlNode.Nothing or YamlNode.Scalar { Text.Length: 0 }:
                Report(WrongKind, $"{subject} has no value", $"give it {wanted}, or delete the key");
                break;
            case YamlNode.Scalar scalar:
                Report(WrongKind, $"{subject} must be {wanted}, but is {Culprit.Quote(scalar.Text)}", $"write {wanted} here");
                break;
            default:
                Report(WrongKind, $"{subject} must be {wanted}, but is {value.Kind}", $"write {wanted} here");
                break;
        }
    }
}
