using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Certificates;

/// <summary>What a client sees of a certificate: its names and how long it is valid.</summary>
/// <param name="Names">At least one; may begin with `*.`.</param>
internal sealed record CertificateLikeness(ValueList<string> Names, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    public bool Covers(string host) => Names.Any(name => NameCovers(name, host));

    public bool IsValid(DateTimeOffset now) => NotBefore <= now && now < NotAfter;

    /// <summary>A wildcard stands for exactly one label.</summary>
    private static bool NameCovers(string name, string host)
    {
        if (!name.StartsWith("*.", StringComparison.Ordinal))
            return string.Equals(name, host, StringComparison.OrdinalIgnoreCase);
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && string.Equals(name[2..], host[(dot + 1)..], StringComparison.OrdinalIgnoreCase);
    }
}
