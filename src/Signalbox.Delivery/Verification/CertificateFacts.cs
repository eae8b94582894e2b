using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>What the server's certificate says and whether its chain is trusted; judged later, never thrown.</summary>
/// <param name="Names">The DNS names it is for; the common name when it has none.</param>
/// <param name="IsForHost">It covers the name that was asked for.</param>
/// <param name="ChainProblems">Why its chain is not trusted, leaving out the leaf's own dates; none when it is.</param>
public sealed record CertificateFacts(
    ValueList<string> Names, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter, bool IsForHost, ValueList<string> ChainProblems)
{
    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem(string host, TimeSpan validFor, DateTimeOffset now)
    {
        if (!IsForHost)
            return $"the certificate is for {string.Join(", ", Names.Take(3))}, not for {host}";
        if (now > NotAfter)
            return $"the certificate expired on {Day(NotAfter)}";
        if (now < NotBefore)
            return $"the certificate is only good from {Day(NotBefore)}";
        if (ChainProblems.Count > 0)
            return $"the certificate by {Issuer} is not trusted: {string.Join("; ", ChainProblems)}";
        return NotAfter - now < validFor
            ? $"the certificate expires on {Day(NotAfter)}, in {DaysLeft(now)} days; at least {validFor.TotalDays:0} are asked for"
            : null;
    }

    public int DaysLeft(DateTimeOffset now) => (int)Math.Floor((NotAfter - now).TotalDays);

    private static string Day(DateTimeOffset day) => day.ToUniversalTime().ToString("yyyy-MM-dd");
}
