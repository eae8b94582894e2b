using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signalbox.Sandbox.Edge.Certificates;

/// <summary>
/// The certificate authority of one sandbox, made on first use. Its key never leaves the sandbox's folder, and no
/// trust store of the machine ever hears of it.
/// </summary>
internal sealed class SandboxAuthority : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(3650);
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    private readonly X509Certificate2 _certificate;

    private SandboxAuthority(X509Certificate2 certificate) => _certificate = certificate;

    public static async Task<SandboxAuthority> Open(EdgeFolder folder, TimeProvider clock, CancellationToken cancellation)
    {
        if (await Read(folder, clock, cancellation) is { } kept)
            return new SandboxAuthority(kept);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = clock.GetUtcNow();
        var made = Request(key).CreateSelfSigned(now - Skew, now + Life);
        // The key first: a certificate without its key would be trusted and never shown.
        await Private.File(folder.AuthorityKeyFile, key.ExportPkcs8PrivateKeyPem(), cancellation);
        await Private.File(folder.AuthorityFile, made.ExportCertificatePem() + "\n", cancellation);
        return new SandboxAuthority(made);
    }

    /// <summary>A certificate with its key, for exactly these names and this time, like the one it stands for.</summary>
    public X509Certificate2 Issue(CertificateLikeness likeness)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={likeness.Names[0]}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in likeness.Names)
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var issued = request.Create(_certificate, Later(likeness.NotBefore), Earlier(likeness.NotAfter), RandomNumberGenerator.GetBytes(16));
        return issued.CopyWithPrivateKey(key);
    }

    public void Dispose() => _certificate.Dispose();

    private static async Task<X509Certificate2?> Read(EdgeFolder folder, TimeProvider clock, CancellationToken cancellation)
    {
        if (!File.Exists(folder.AuthorityFile) || !File.Exists(folder.AuthorityKeyFile))
            return null;
        try
        {
            var certificate = await File.ReadAllTextAsync(folder.AuthorityFile, cancellation);
            var key = await File.ReadAllTextAsync(folder.AuthorityKeyFile, cancellation);
            var kept = X509Certificate2.CreateFromPem(certificate, key);
            return kept.NotAfter.ToUniversalTime() > clock.GetUtcNow().UtcDateTime ? kept : null;
        }
        catch (CryptographicException)
        {
            return null; // cut short, or not of one pair: nobody can have trusted it for long
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static CertificateRequest Request(ECDsa key)
    {
        var request = new CertificateRequest("CN=Signalbox sandbox authority, O=this machine only", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    /// <summary>What is signed may not live outside its signer's life.</summary>
    private DateTimeOffset Later(DateTimeOffset time) => time > Utc(_certificate.NotBefore) ? time : Utc(_certificate.NotBefore);

    private DateTimeOffset Earlier(DateTimeOffset time) => time < Utc(_certificate.NotAfter) ? time : Utc(_certificate.NotAfter);

    private static DateTimeOffset Utc(DateTime local) => new(local.ToUniversalTime());
}
