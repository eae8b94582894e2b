using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation.Linting;

/// <summary>The parameters that texts refer to, in tags and in bare expressions.</summary>
internal static class ReferencedParameters
{
    /// <param name="prefix">`parameters.` or `pipeline.parameters.`.</param>
    public static HashSet<string> In(YamlNode root, string prefix)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Visit(root, prefix, found, []);
        return found;
    }

    private static void Visit(YamlNode node, string prefix, HashSet<string> found, HashSet<YamlNode> seen)
    {
        switch (node)
        {
            case YamlNode.Scalar scalar:
                Scan(scalar.Text, prefix, found);
                break;
            case YamlNode.Sequence sequence when seen.Add(sequence):
                foreach (var item in sequence.Items)
                    Visit(item, prefix, found, seen);
                break;
            case YamlNode.Mapping mapping when seen.Add(mapping):
                foreach (var entry in mapping.Entries)
                    Visit(entry.Value, prefix, found, seen);
                break;
        }
    }

    private static void Scan(string text, string prefix, HashSet<string> found)
    {
        for (var at = text.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(prefix, at + 1, StringComparison.Ordinal))
        {
            var start = at + prefix.Length;
            var end = start;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '_' or '.' or '?'))
                end++;
            found.Add(text[start..end]);
        }
    }
}
