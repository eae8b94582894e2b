using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Signalbox.Delivery.Plans;

/// <summary>
/// A difference taken out of its document but not yet fit to be shown: a plan names some of its secrets only after the
/// resources, so values wait here, whole, for the scrubber.
/// </summary>
internal sealed record RawChange(string Path, RawValue Old, RawValue New, bool ForcesReplacement)
{
    public static RawChange Of(Difference difference)
    {
        if (difference.IsOnlyFormatting)
            return Between(difference, RawValue.Of("(JSON)"), RawValue.Of("(the same JSON, written differently)"));

        var old = difference.IsSensitive ? RawValue.Hidden(difference.Before) : RawValue.Of(difference.Before, default);
        if (difference.Unknown.IsTrue || (difference.After.IsAbsent && difference.Unknown.HoldsTrue))
            return Between(difference, old, new RawValue(RawKind.Unknown, ""));
        return Between(
            difference,
            old,
            difference.IsSensitive ? RawValue.Hidden(difference.After) : RawValue.Of(difference.After, difference.Unknown));
    }

    /// <summary>When one side holds a secret the other is not shown either: it may be the same secret, rotated.</summary>
    public AttributeChange Finish(SecretScrubber scrubber)
    {
        var path = EscapedText.Safe(scrubber.Scrub(Path));
        if (scrubber.Finds(Old.Text) || scrubber.Finds(New.Text))
            return new(path, Old.Masked(), New.Masked(), ForcesReplacement);
        if (!Old.IsText || !New.IsText)
            return new(path, Old.Show(Shortening.Alone(Old.Text)), New.Show(Shortening.Alone(New.Text)), ForcesReplacement);

        var (old, @new) = Shortening.Together(Old.Text, New.Text);
        return new(path, Old.Show(old), New.Show(@new), ForcesReplacement);
    }

    private static RawChange Between(Difference difference, RawValue old, RawValue @new) =>
        new(difference.Path, old, @new, difference.ForcesReplacement);
}

internal enum RawKind
{
    Absent,
    String,
    Literal,
    Unknown,
    Sensitive,
}

internal readonly record struct RawValue(RawKind Kind, string Text)
{
    /// <summary>A longer value is described by its size: twenty thousand of them must fit in memory.</summary>
    private const int LongestKept = 16_384;

    public bool IsText => Kind is RawKind.String or RawKind.Literal;

    public static RawValue Of(string literal) => new(RawKind.Literal, literal);

    public static RawValue Of(JsonElement value, JsonElement unknown)
    {
        if (value.IsAbsent)
            return new RawValue(RawKind.Absent, "");
        if (value.Text is { } text)
            return text.Length <= LongestKept ? new RawValue(RawKind.String, text) : Of($"({text.Length:N0} characters)");

        var literal = new StringBuilder();
        Write(literal, value, unknown);
        return Of(literal.Length <= LongestKept ? literal.ToString() : $"({literal.Length:N0} characters)");
    }

    public static RawValue Hidden(JsonElement value) => new(value.IsAbsent ? RawKind.Absent : RawKind.Sensitive, "");

    public PlanValue Show(string text) => Kind switch
    {
        RawKind.Absent => new PlanValue.Absent(),
        RawKind.Unknown => new PlanValue.KnownAfterApply(),
        RawKind.Sensitive => new PlanValue.Sensitive(),
        RawKind.String => new PlanValue.Shown(EscapedText.Quoted(text)),
        RawKind.Literal => new PlanValue.Shown(EscapedText.Safe(text)),
        _ => throw new UnreachableException(),
    };

    public PlanValue Masked() => IsText ? new PlanValue.Sensitive() : Show("");

    /// <summary>Strings stay unescaped, so that a secret in them is still found; showing escapes them.</summary>
    private static void Write(StringBuilder literal, JsonElement value, JsonElement unknown)
    {
        if (unknown.IsTrue)
        {
            literal.Append("(known after apply)");
        }
        else if (value.IsArray)
        {
            literal.Append('[');
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                literal.Append(index == 0 ? "" : ", ");
                Write(literal, item, unknown.Item(index));
            }

            literal.Append(']');
        }
        else if (value.IsObject)
        {
            literal.Append('{');
            foreach (var (index, member) in value.EnumerateObject().Index())
            {
                literal.Append(index == 0 ? "" : ", ").Append(member.Name).Append(" = ");
                Write(literal, member.Value, unknown.Member(member.Name));
            }

            literal.Append('}');
        }
        else if (value.Text is { } text)
        {
            literal.Append('"').Append(text).Append('"');
        }
        else
        {
            literal.Append(value.GetRawText());
        }
    }
}
