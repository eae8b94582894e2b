using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Binding;

/// <summary>Takes values out of a compiled document, and says of each that is not what its key takes.</summary>
internal sealed class BoundValues(Problems problems)
{
    private static readonly Rule WrongValue = new("SB1510", Severity.Error, "A value in the compiled config is not what its key takes");

    public void Report(Rule rule, YamlNode place, string message, string? hint = null) =>
        problems.Add(rule.At(place.Source, place.Span, message, hint));

    public void Wrong(YamlNode value, string key, string wanted) =>
        Report(WrongValue, value, $"`{key}` takes {wanted}, and this is {Shown(value)}");

    /// <summary>The text of a single value, whatever its type; null when the key is absent or holds nothing.</summary>
    public string? Text(YamlNode.Mapping? mapping, string key)
    {
        switch (mapping?[key])
        {
            case null or YamlNode.Scalar { IsNull: true }:
                return null;
            case YamlNode.Scalar scalar:
                return scalar.Text;
            case { } other:
                Wrong(other, key, "text");
                return null;
        }
    }

    /// <summary>As <see cref="Text"/>, but an absent key is reported and becomes the empty text.</summary>
    public string RequiredText(YamlNode.Mapping mapping, string key, string step)
    {
        if (Text(mapping, key) is { } text)
            return text;
        if (mapping[key] is null or YamlNode.Scalar)
            Report(WrongValue, mapping, $"`{step}` needs `{key}`");
        return "";
    }

    /// <summary>One text or a list of texts.</summary>
    public ValueList<string> Texts(YamlNode.Mapping? mapping, string key)
    {
        switch (mapping?[key])
        {
            case null or YamlNode.Scalar { IsNull: true }:
                return [];
            case YamlNode.Scalar scalar:
                return [scalar.Text];
            case YamlNode.Sequence sequence:
                foreach (var item in sequence.Items.Where(item => item is not YamlNode.Scalar))
                    Wrong(item, key, "a list of texts");
                return [.. sequence.Items.OfType<YamlNode.Scalar>().Select(item => item.Text)];
            case { } other:
                Wrong(other, key, "text or a list of texts");
                return [];
        }
    }

    public bool Boolean(YamlNode.Mapping? mapping, string key)
    {
        switch (mapping?[key])
        {
            case null:
                return false;
            case YamlNode.Scalar { Type: ScalarType.Boolean } scalar:
                return scalar.IsTrue;
            case { } other:
                Wrong(other, key, "`true` or `false`");
                return false;
        }
    }

    public int Number(YamlNode.Mapping? mapping, string key, int fallback, int least, int most)
    {
        switch (mapping?[key])
        {
            case null or YamlNode.Scalar { IsNull: true }:
                return fallback;
            case YamlNode.Scalar scalar when int.TryParse(scalar.Text, out var number) && number >= least && number <= most:
                return number;
            case { } other:
                Wrong(other, key, $"a whole number from {least} to {most}");
                return fallback;
        }
    }

    public TimeSpan Duration(YamlNode.Mapping? mapping, string key, TimeSpan fallback)
    {
        if (Text(mapping, key) is not { } text)
            return fallback;
        if (DurationText.Parse(text) is { } duration)
            return duration;
        Wrong(mapping![key]!, key, "a duration such as `20m` or `1.25h`");
        return fallback;
    }

    private static string Shown(YamlNode value) => value is YamlNode.Scalar { IsNull: false } scalar ? Culprit.Quote(scalar.Text) : value.Kind;
}
