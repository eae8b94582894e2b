namespace Signalbox.CircleCi.Syntax;

/// <summary>Whether two nodes mean the same: type-strict, and blind to places, styles and the order of keys.</summary>
public static class YamlEquality
{
    public static bool Same(YamlNode left, YamlNode right)
    {
        if (ReferenceEquals(left, right))
            return true;
        return (left, right) switch
        {
            (YamlNode.Scalar a, YamlNode.Scalar b) => SameScalar(a, b),
            (YamlNode.Sequence a, YamlNode.Sequence b) => SameItems(a, b),
            (YamlNode.Mapping a, YamlNode.Mapping b) => SameEntries(a, b),
            _ => false,
        };
    }

    private static bool SameScalar(YamlNode.Scalar left, YamlNode.Scalar right)
    {
        if (left.Type != right.Type)
            return false;
        return left.Type switch
        {
            ScalarType.Null => true,
            ScalarType.Boolean => left.IsTrue == right.IsTrue,
            ScalarType.WholeNumber when left.WholeNumber is { } a && right.WholeNumber is { } b => a == b,
            _ => left.Text == right.Text,
        };
    }

    private static bool SameItems(YamlNode.Sequence left, YamlNode.Sequence right)
    {
        if (left.Weight != right.Weight || left.Items.Length != right.Items.Length)
            return false;
        for (var i = 0; i < left.Items.Length; i++)
        {
            if (!Same(left.Items[i], right.Items[i]))
                return false;
        }

        return true;
    }

    private static bool SameEntries(YamlNode.Mapping left, YamlNode.Mapping right)
    {
        if (left.Weight != right.Weight || left.Entries.Length != right.Entries.Length)
            return false;
        foreach (var entry in left.Entries)
        {
            if (right[entry.Name] is not { } value || !Same(entry.Value, value))
                return false;
        }

        return true;
    }
}
