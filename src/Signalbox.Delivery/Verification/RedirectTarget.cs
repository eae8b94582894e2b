namespace Signalbox.Delivery.Verification;

/// <summary>Where a redirect must lead: exactly this scheme, host and port; exactly this path, where one is given.</summary>
/// <remarks>
/// Hosts are compared whole and never by prefix or suffix, so that `issuer.example.evil.test`, `issuer.example@evil.test`
/// and another tenant of the same identity provider are other places.
/// </remarks>
public sealed record RedirectTarget(Uri Address)
{
    public bool HasPath => Address.AbsolutePath is not "/";

    /// <param name="location">The header's value.</param>
    /// <param name="from">What was asked for; a relative redirect is relative to it.</param>
    public bool IsAt(string location, Uri from) =>
        Resolve(location, from) is { } target
        && target.Scheme == Address.Scheme
        && target.Port == Address.Port
        && target.IdnHost == Address.IdnHost
        && target.UserInfo.Length == 0
        && (!HasPath || target.AbsolutePath == Address.AbsolutePath);

    /// <summary>Null when the header's value leads nowhere on the web.</summary>
    public static Uri? Resolve(string location, Uri from)
    {
        // Browsers take a backslash for a slash and drop controls, .NET does not: nobody sends one with good intentions.
        if (location.Length == 0 || location.Any(letter => letter is '\\' or <= ' ' or '\u007F'))
            return null;
        return Uri.TryCreate(from, location, out var target) && target.Scheme is "http" or "https" ? target : null;
    }

    public override string ToString() => HasPath ? Address.GetLeftPart(UriPartial.Path) : Address.GetLeftPart(UriPartial.Authority);
}
