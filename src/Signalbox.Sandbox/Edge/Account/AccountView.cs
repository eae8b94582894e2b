using Signalbox.Diagnostics;
using Signalbox.Sandbox.Edge.Certificates;

namespace Signalbox.Sandbox.Edge.Account;

/// <summary>The emulated control plane at one moment, as far as it decides what a visitor gets.</summary>
/// <param name="Certificates">Of ACM, by ARN; only those that are issued.</param>
/// <param name="PrefixLists">Names of AWS's address lists, by id.</param>
/// <param name="HeadersPolicies">What CloudFront's response headers policies add, by id; only those that a behaviour names.</param>
internal sealed record AccountView(
    ValueList<Distribution> Distributions,
    ValueList<Balancer> Balancers,
    ValueList<TargetGroup> TargetGroups,
    ValueList<RunningService> Services,
    IReadOnlyDictionary<string, SecurityGroup> SecurityGroups,
    IReadOnlyDictionary<string, string> PrefixLists,
    IReadOnlyDictionary<string, CertificateLikeness> Certificates,
    IReadOnlyDictionary<string, ValueList<AddedHeader>> HeadersPolicies)
{
    /// <summary>The distribution that CloudFront takes for a name: an exact alias, a wildcard, or its own name.</summary>
    public Distribution? DistributionFor(string host) =>
        Distributions.FirstOrDefault(one => one.IsEnabled && one.HasAlias(host))
        ?? Distributions.FirstOrDefault(one => one.IsEnabled && one.HasWildcardFor(host))
        ?? Distributions.FirstOrDefault(one => one.IsEnabled && string.Equals(one.DomainName, host, StringComparison.OrdinalIgnoreCase));

    public Balancer? BalancerNamed(string dnsName) =>
        Balancers.FirstOrDefault(balancer => string.Equals(balancer.DnsName, dnsName.TrimEnd('.'), StringComparison.OrdinalIgnoreCase));

    public RunningService? ServiceNamed(string name) =>
        Services.FirstOrDefault(service => string.Equals(SandboxEdge.ServiceName(service.Cluster, service.Name), name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The certificate that a listener shows for a name: one that covers it, else its default.</summary>
    public (string Arn, CertificateLikeness? Likeness)? CertificateFor(Listener listener, string host)
    {
        if (listener.CertificateArns.Count == 0)
            return null;
        var arn = listener.CertificateArns.FirstOrDefault(one => Certificates.GetValueOrDefault(one)?.Covers(host) == true) ?? listener.CertificateArns[0];
        return (arn, Certificates.GetValueOrDefault(arn));
    }

    public TargetGroup? TargetGroupOf(string arn) => TargetGroups.FirstOrDefault(group => group.Arn == arn);
}
