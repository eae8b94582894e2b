namespace Signalbox.CircleCi.Config;

/// <summary>`namespace/name@version` as an `orbs` stanza says it; the version may be partial (`5`, `5.1`), `volatile` or `dev:label`.</summary>
public sealed record OrbReference
{
    private OrbReference(string space, string name, string version) => (Namespace, Name, Version) = (space, name, version);

    public string Namespace { get; }

    public string Name { get; }

    public string Version { get; }

    public override string ToString() => $"{Namespace}/{Name}@{Version}";

    /// <returns>Null when the text is no reference.</returns>
    public static OrbReference? Parse(string text)
    {
        var parts = text.Split('@');
        if (parts is not [var path, var version] || path.Split('/') is not [var space, var name])
            return null;
        return IsName(space) && IsName(name) && IsVersion(version) ? new OrbReference(space, name, version) : null;
    }

    private static bool IsName(string name) => name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    private static bool IsVersion(string version) => version switch
    {
        "volatile" => true,
        ['d', 'e', 'v', ':', .. var label] => label.Length > 0 && label.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'),
        _ => version.Split('.') is { Length: <= 3 } numbers && numbers.All(number => number.Length is > 0 and < 10 && number.All(char.IsAsciiDigit)),
    };
}
