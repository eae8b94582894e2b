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

    /// <summary>How a message speaks of it.</summary>
    public string Subject => Address.Length > 0 ? Culprit.Quote(Address) : SignalboxFile.FileName;

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
        Refuse("text", "write a word or a quoted text after it");
        return null;
    }

    /// <summary>As <see cref="Text"/>, with booleans in the one spelling that Terraform reads; empty text in quotes is a value.</summary>
    public string? ScalarText()
    {
        if (value is YamlNode.Scalar scalar)
            return Boolean(scalar) is { } flag ? (flag ? "true" : "false") : scalar.Text;
        Refuse("text, a number or a boolean", "write a single value; lists and objects belong in a file of `var_files`");
        return null;
    }

    public bool? Flag()
    {
        if (value is YamlNode.Scalar scalar && Boolean(scalar) is { } flag)
            return flag;
        Refuse("`true` or `false`", "write `true` or `false`, without quotes");
        return null;
    }

    /// <summary>The items of a list; none when the value is no list.</summary>
    public IEnumerable<Setting> Items()
    {
        if (value is YamlNode.Sequence sequence)
            return sequence.Items.Select((item, index) => new Setting(Reading, $"{Address}[{index}]", Name, item.Span, item));
        Refuse("a list", "write its items in `[ ]`, or below it, each after a `- `");
        return [];
    }

    /// <summary>The items of a list, or the value itself when it is no list.</summary>
    public IEnumerable<Setting> OneOrMore() => value is YamlNode.Sequence ? Items() : [this];

    /// <summary>The mapping, with its unknown keys reported.</summary>
    public Section? Open(SectionShape shape)
    {
        if (value is YamlNode.Mapping mapping)
            return Section.Of(this, shape, mapping);
        Refuse("a mapping", "write its keys below it, indented, each with its value");
        return null;
    }

    private static bool? Boolean(YamlNode.Scalar scalar) => scalar switch
    {
        { IsPlain: true, Text: "true" or "True" or "TRUE" } => true,
        { IsPlain: true, Text: "false" or "False" or "FALSE" } => false,
        _ => null,
    };

    private void Refuse(string wanted, string hint)
    {
        var fault = value switch
        {
            YamlNode.Unreadable => null,
            YamlNode.Nothing or YamlNode.Scalar { Text.Length: 0 } => "has no value",
            YamlNode.Scalar scalar => $"must be {wanted}, but is {Culprit.Quote(scalar.Text)}",
            _ => $"must be {wanted}, but is {value.Kind}",
        };
        if (fault is not null)
            Report(WrongKind, $"{Subject} {fault}", hint);
    }
}
