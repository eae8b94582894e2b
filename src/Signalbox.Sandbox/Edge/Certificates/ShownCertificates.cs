using System.Collections.Concurrent;
using System.Net.Security;

namespace Signalbox.Sandbox.Edge.Certificates;

/// <summary>One certificate for each likeness, made when it is first shown and kept while the edge lives.</summary>
internal sealed class ShownCertificates(SandboxAuthority authority)
{
    /// <summary>Names come from the account, so there are few; this bounds what a test that changes them for hours may keep.</summary>
    private const int Most = 1000;

    private readonly ConcurrentDictionary<CertificateLikeness, SslStreamCertificateContext> _kept = new();

    public SslStreamCertificateContext For(CertificateLikeness likeness)
    {
        if (_kept.Count > Most)
            _kept.Clear();
        return _kept.GetOrAdd(likeness, shown => SslStreamCertificateContext.Create(authority.Issue(shown), additionalCertificates: null, offline: true));
    }
}
