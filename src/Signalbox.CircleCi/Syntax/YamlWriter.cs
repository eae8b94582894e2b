using System.Text;

namespace Signalbox.CircleCi.Syntax;

/// <summary>Writes a node tree as YAML: always the same text for the same tree, and read back it means the same.</summary>
public sealed class YamlWriter
{
    private const int Step = 2;

    /// <summary>YAML allows 1,024 characters before the colon of a plain key; an escape may take six for one.</summary>
    private const int LongestSimpleKey = 150;

    private readonly StringBuilder _text = new();

    private YamlWriter() { }

    /// <summary>The tree as a document that ends with a line break.</summary>
    public static string Write(YamlNode node)
    {
        var writer = new YamlWriter();
        switch (node)
        {
            case YamlNode.Mapping { Entries.Length: > 0 } mapping:
                writer.Mapping(mapping, indentation: 0, isContinued: false);
                break;
            case YamlNode.Sequence { Items.Length: > 0 } sequence:
                writer.Sequence(sequence, indentation: 0, isContinued: false);
                break;
            default:
                writer.Value(node, indentation: 0);
                break;
        }

        return writer._text.ToString();
    }

    /// <param name="isContinued">The first entry stands on a line that has begun, after `- `.</param>
    private void Mapping(YamlNode.Mapping mapping, int indentation, bool isContinued)
    {
        foreach (var entry in mapping.Entries)
        {
            if (!isContinued)
                _text.Append(' ', indentation);
            isContinued = false;
            Key(entry.Key, indentation);
            switch (entry.Value)
            {
                case YamlNode.Mapping { Entries.Length: > 0 } inner:
                    _text.Append('\n');
                    Mapping(inner, indentation + Step, isContinued: false);
                    break;
                case YamlNode.Sequence { Items.Length: > 0 } inner:
                    _text.Append('\n');
                    Sequence(inner, indentation, isContinued: false);
                    break;
                default:
                    _text.Append(' ');
                    Value(entry.Value, indentation);
                    break;
            }
        }
    }

    private void Sequence(YamlNode.Sequence sequence, int indentation, bool isContinued)
    {
        foreach (var item in sequence.Items)
        {
            if (!isContinued)
                _text.Append(' ', indentation);
            isContinued = false;
            _text.Append("- ");
            switch (item)
            {
                case YamlNode.Mapping { Entries.Length: > 0 } inner:
                    Mapping(inner, indentation + Step, isContinued: true);
                    break;
                case YamlNode.Sequence { Items.Length: > 0 } inner:
                    Sequence(inner, indentation + Step, isContinued: true);
                    break;
                default:
                    Value(item, indentation);
                    break;
            }
        }
    }

    private void Key(YamlNode.Scalar key, int indentation)
    {
        if (key.Text.Length <= LongestSimpleKey)
        {
            ScalarText.AppendKey(_text, key);
            _text.Append(':');
            return;
        }

        _text.Append("? ");
        ScalarText.AppendKey(_text, key);
        _text.Append('\n').Append(' ', indentation).Append(':');
    }

    /// <summary>A scalar or an empty collection, to the end of its line or lines.</summary>
    private void Value(YamlNode node, int indentation)
    {
        switch (node)
        {
            case YamlNode.Scalar scalar when scalar.IsText && ScalarText.IsBlock(scalar.Text):
                ScalarText.AppendBlock(_text, scalar.Text, indentation + Step);
                return;
            case YamlNode.Scalar scalar:
                ScalarText.Append(_text, scalar);
                break;
            case YamlNode.Sequence:
                _text.Append("[]");
                break;
            default:
                _text.Append("{}");
                break;
        }

        _text.Append('\n');
    }
}
