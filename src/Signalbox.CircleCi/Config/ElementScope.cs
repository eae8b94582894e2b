using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Config;

/// <summary>The names that one file knows: the config's own, or those of an orb.</summary>
internal sealed class ElementScope
{
    /// <summary>False for an orb, whose bodies never see the config's pipeline parameters.</summary>
    public required bool IsConfig { get; init; }

    public Dictionary<string, Element> Commands { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Element> Jobs { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Element> Executors { get; } = new(StringComparer.Ordinal);

    /// <summary>By alias; null for an orb that is missing, which was reported.</summary>
    public Dictionary<string, ElementScope?> Orbs { get; } = new(StringComparer.Ordinal);

    public Element? FindCommand(string name) => Find(name, scope => scope.Commands);

    public Element? FindJob(string name) => Find(name, scope => scope.Jobs);

    public Element? FindExecutor(string name) => Find(name, scope => scope.Executors);

    /// <summary>The name stands for something in an orb that is missing.</summary>
    public bool IsMissing(string name) => OrbOf(name) is { } alias && Orbs.TryGetValue(alias, out var orb) && orb is null;

    /// <summary>Every name that could have been meant, for a hint.</summary>
    public IEnumerable<string> NamesOf(Func<ElementScope, Dictionary<string, Element>> kind) =>
        kind(this).Keys.Concat(Orbs.SelectMany(orb => orb.Value is { } scope ? kind(scope).Keys.Select(name => $"{orb.Key}/{name}") : []));

    private static string? OrbOf(string name) => name.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? name[..slash] : null;

    private Element? Find(string name, Func<ElementScope, Dictionary<string, Element>> kind)
    {
        if (kind(this).TryGetValue(name, out var own))
            return own;
        return OrbOf(name) is { } alias && Orbs.TryGetValue(alias, out var orb) && orb is not null
            ? kind(orb).GetValueOrDefault(name[(alias.Length + 1)..])
            : null;
    }
}

/// <summary>A job, command or executor as it was declared.</summary>
/// <param name="Body">Empty for a job that was declared without one.</param>
internal sealed record Element(string Name, YamlNode.Scalar Key, YamlNode.Mapping Body, ElementScope Scope)
{
    /// <summary>Read once, by whoever asks first.</summary>
    public Compilation.Parameters.ParameterDeclarations? Declarations { get; set; }

    public bool Equals(Element? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
