using System.Net.Security;
using Signalbox.Sandbox.Edge.Account;
using Signalbox.Sandbox.Edge.Certificates;
using Signalbox.Sandbox.Edge.Walking;

namespace Signalbox.Sandbox.Edge.Serving;

/// <summary>Whose door a visitor knocks at, which is what the name in TLS says.</summary>
internal abstract record Doorway
{
    private Doorway() { }

    public sealed record CloudFront : Doorway;

    public sealed record LoadBalancer(Balancer Balancer) : Doorway;

    public sealed record Service(RunningService Running) : Doorway;

    public static Doorway Of(AccountView view, string name) =>
        view.ServiceNamed(name) is { } service ? new Service(service)
        : view.BalancerNamed(name) is { } balancer ? new LoadBalancer(balancer)
        : new CloudFront();

    public Walk Walk(AccountView view, Visit visit, DateTimeOffset now)
    {
        var walker = new EdgeWalker(view, now);
        return this switch
        {
            Service service => walker.AtService(service.Running),
            LoadBalancer balancer => walker.AtBalancer(balancer.Balancer, visit),
            CloudFront => walker.ThroughCloudFront(visit),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}

/// <summary>Which certificate is shown for a name: the one that the account would show, faults and all.</summary>
internal sealed class CertificateChoice(ShownCertificates certificates, TimeProvider clock)
{
    /// <summary>Null to break the handshake off: nobody listens there.</summary>
    public SslStreamCertificateContext? For(AccountReading reading, string name) => reading switch
    {
        // The name is right and the answer will say what is wrong; a false one would accuse the account.
        AccountReading.Unreadable => certificates.For(Always(name.Length == 0 ? "localhost" : name)),
        AccountReading.Seen seen => Likeness(seen.View, name) is { } likeness ? certificates.For(likeness) : null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private CertificateLikeness? Likeness(AccountView view, string name) => Doorway.Of(view, name) switch
    {
        Doorway.Service => Always(name),
        Doorway.LoadBalancer { Balancer: var balancer } => balancer.Listeners.FirstOrDefault(listener => listener.SpeaksTls) is { } listener
            ? view.CertificateFor(listener, name)?.Likeness
            : null,
        _ => view.DistributionFor(name)?.CertificateArn is { } arn && view.Certificates.TryGetValue(arn, out var own) ? own : Always("*.cloudfront.net"),
    };

    private CertificateLikeness Always(string name)
    {
        var year = new DateTimeOffset(clock.GetUtcNow().Year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return new CertificateLikeness([name], year.AddYears(-1), year.AddYears(2));
    }
}
