using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation.Linting;

/// <summary>Every word of a config that could invoke something.</summary>
internal sealed class MentionedNames
{
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly HashSet<YamlNode> _seen = [];

    private MentionedNames() { }

    public static MentionedNames In(YamlNode root)
    {
        var names = new MentionedNames();
        names.Visit(root);
        return names;
    }

    /// <summary>It is an item of a list, or the one key of such an item: the form of a step and of a workflow's entry.</summary>
    public bool IsListed(string name) => _listed.Contains(name);

    /// <summary>It is a value, wherever.</summary>
    public bool IsSaid(string name) => _said.Contains(name) || _listed.Contains(name);

    public bool HasPrefix(string prefix) =>
        _listed.Any(name => name.StartsWith(prefix, StringComparison.Ordinal)) || _said.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));

    private void Visit(YamlNode node)
    {
        if (node is YamlNode.Scalar scalar)
        {
            _said.Add(scalar.Text);
            return;
        }

        if (!_seen.Add(node))
            return; // an alias of what was visited
        if (node is YamlNode.Sequence sequence)
        {
            foreach (var item in sequence.Items)
            {
                if (item is YamlNode.Scalar name)
                    _listed.Add(name.Text);
                else if (item is YamlNode.Mapping keys)
                    _listed.UnionWith(keys.Entries.Select(entry => entry.Name));
                Visit(item);
            }
        }
        else
        {
            foreach (var entry in ((YamlNode.Mapping)node).Entries)
            {
                if (entry.Name is "steps" or "pre-steps" or "post-steps" && entry.Value is YamlNode.Mapping { Entries: [var only] })
                    _listed.Add(only.Name); // a single step, without its list
                if (entry.Name is "override-with" && entry.Value is YamlNode.Scalar job)
                    _listed.Add(job.Text);
                Visit(entry.Value);
            }
        }
    }
}
