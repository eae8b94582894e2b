using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>Takes down what a server's certificate says during a handshake, and lets the handshake succeed whatever it says.</summary>
/// <remarks>
/// A probe sends nothing secret, and a person is helped more by "the certificate is for another name" than by a
/// handshake that failed. <see cref="Sight"/> judges the facts.
/// </remarks>
/// <param name="authority">The only authority to trust, as PEM; null for the machine's own.</param>
internal sealed class CertificateReading(string? authority)
{
    public CertificateFacts? Facts { get; private set; }

    public SslClientAuthenticationOptions Options(string host) => new()
    {
        TargetHost = host,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        CertificateChainPolicy = Policy(),
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Read(certificate, chain, errors),
    };

    private X509ChainPolicy Policy()
    {
        // Revocation would be asked of further servers, whose troubles are not the endpoint's.
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (authority is null)
            return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.ImportFromPem(authority);
        return policy;
    }

    private bool Read(X509Certificate? presented, X509Chain? chain, SslPolicyErrors errors)
    {
        if (presented is not X509Certificate2 certificate)
            return false;
        var problems = (chain?.ChainStatus ?? [])
            .Where(status => status.Status is not (X509ChainStatusFlags.NoError or X509ChainStatusFlags.NotTimeValid))
            .Select(status => Words(status.Status));
        var expiredAbove = chain?.ChainElements.Skip(1)
            .Any(element => element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid)) is true;
        Facts = new CertificateFacts(
            Names(certificate),
            certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true),
            new DateTimeOffset(certificate.NotBefore),
            new DateTimeOffset(certificate.NotAfter),
            !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch),
            [.. problems.Concat(expiredAbove ? ["a certificate above it has expired"] : []).Distinct(StringComparer.Ordinal)]);
        return true;
    }

    private static ValueList<string> Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).ToArray();
        return names.Length > 0 ? [.. names] : [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)];
    }

    private static string Words(X509ChainStatusFlags status) => status switch
    {
        X509ChainStatusFlags.UntrustedRoot => "its root is not trusted here",
        X509ChainStatusFlags.PartialChain => "certificates between it and its root are missing",
        X509ChainStatusFlags.NotSignatureValid => "its signature is wrong",
        _ => status.ToString(),
    };
}
