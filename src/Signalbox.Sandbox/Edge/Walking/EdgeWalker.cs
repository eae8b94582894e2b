using Signalbox.Sandbox.Edge.Account;
using Signalbox.Sandbox.Edge.Certificates;

namespace Signalbox.Sandbox.Edge.Walking;

/// <summary>The part of the way that is CloudFront's: name, behaviour, origin, and the connection to it.</summary>
internal sealed class EdgeWalker(AccountView view, DateTimeOffset now)
{
    private readonly BalancerWalker _balancers = new(view);

    public Walk ThroughCloudFront(Visit visit)
    {
        var hops = new HopList();
        if (view.DistributionFor(visit.Host) is not { } distribution)
        {
            Unserved(visit.Host, hops);
            return new Walk(hops.Done(), new Ending.CloudFrontRefuses(403, "No distribution answers for this name."));
        }

        hops.Pass(Station.Distribution, distribution.Id, $"answers for {visit.Host}", Resource(distribution));
        ShowCertificate(distribution, visit.Host, hops);
        var behaviour = BehaviourFor(distribution, visit.Path);
        var origin = distribution.Origins.FirstOrDefault(one => one.Id == behaviour.OriginId);
        var ending = origin is null ? NoOrigin(distribution, behaviour, hops) : AtOrigin(distribution, behaviour, origin, visit, hops);
        return new Walk(hops.Done(), ending, distribution, origin?.ReadTimeout ?? 30) { Added = view.HeadersPolicies.GetValueOrDefault(behaviour.HeadersPolicyId) ?? [] };
    }

    /// <summary>What a person inside the VPC gets who asks the load balancer itself.</summary>
    public Walk AtBalancer(Balancer balancer, Visit visit)
    {
        var hops = new HopList();
        var listener = balancer.Listeners.OrderByDescending(one => one.SpeaksTls).FirstOrDefault();
        var ending = listener is null ? NoListener(balancer, 443, hops) : _balancers.Ask(balancer, listener, visit, hops);
        return new Walk(hops.Done(), ending);
    }

    /// <summary>What a load balancer gets from a service that is registered with one of its target groups.</summary>
    public Walk AtService(RunningService service)
    {
        var hops = new HopList();
        var ending = _balancers.FromService(service, hops);
        return new Walk(hops.Done(), ending);
    }

    /// <summary>The behaviour that CloudFront takes for a path: the first pattern that fits, else the default one.</summary>
    public static Behaviour BehaviourFor(Distribution distribution, string path) => distribution.Behaviours.First(behaviour =>
        behaviour.PathPattern.Length == 0
        || Wildcard.Matches(behaviour.PathPattern.StartsWith('/') ? behaviour.PathPattern : $"/{behaviour.PathPattern}", path, ignoreCase: false));

    public static Ending.Object ObjectAt(Origin origin, string bucket, string path, string rootObject)
    {
        var key = path == "/" && rootObject.Length > 0 ? rootObject : Uri.UnescapeDataString(path.TrimStart('/'));
        var folder = origin.Path.Trim('/');
        var region = origin.DomainName.Split('.') is [.., var name, "amazonaws", "com"] && name != "s3" ? name : FakeAccount.Region;
        return new Ending.Object(region, bucket, folder.Length == 0 ? key : $"{folder}/{key}", origin.HasAccessControl);
    }

    private void Unserved(string host, HopList hops)
    {
        if (view.Distributions.FirstOrDefault(one => one.HasAlias(host)) is { } disabled)
            hops.Break(Station.Distribution, disabled.Id, $"has the alias {host}", Resource(disabled), "it is disabled");
        else
            hops.Break(Station.Distribution, host, "asked for", resource: null, "no distribution has this alias", new AccountResource("aws_cloudfront_distribution", [("aliases", host)]));
    }

    private void ShowCertificate(Distribution distribution, string host, HopList hops)
    {
        if (string.Equals(distribution.DomainName, host, StringComparison.OrdinalIgnoreCase))
            return;
        if (distribution.CertificateArn is not { } arn)
        {
            hops.Break(Station.ViewerCertificate, "CloudFront's own", "covers *.cloudfront.net", Resource(distribution), $"it does not cover {host}");
            return;
        }

        Judge(Station.ViewerCertificate, arn, view.Certificates.GetValueOrDefault(arn), host, hops);
    }

    private bool Judge(Station station, string arn, CertificateLikeness? certificate, string host, HopList hops)
    {
        var resource = AccountResource.WithArn("aws_acm_certificate", arn);
        var name = arn.Split('/')[^1];
        var problem = certificate is null ? "it is not issued"
            : !certificate.Covers(host) ? $"it does not cover {host}"
            : !certificate.IsValid(now) ? $"it expired on {certificate.NotAfter:yyyy-MM-dd}"
            : null;
        var found = certificate is null ? "is not there" : $"covers {string.Join(", ", certificate.Names)}";
        if (problem is null)
            hops.Pass(station, name, found, resource);
        else
            hops.Break(station, name, found, resource, problem);
        return problem is null;
    }

    private static Ending.CloudFrontRefuses NoOrigin(Distribution distribution, Behaviour behaviour, HopList hops)
    {
        hops.Break(Station.Origin, behaviour.OriginId, "is named by the behaviour", Resource(distribution), "the distribution has no such origin");
        return new Ending.CloudFrontRefuses(502, "The origin of this behaviour does not exist.");
    }

    private Ending AtOrigin(Distribution distribution, Behaviour behaviour, Origin origin, Visit visit, HopList hops)
    {
        var resource = Resource(distribution);
        if (behaviour.Methods.Count > 0 && !behaviour.Methods.Contains(visit.Method, StringComparer.Ordinal))
        {
            hops.Break(Station.Origin, origin.Id, $"is {origin.DomainName}", resource, $"the behaviour does not allow {visit.Method}");
            return new Ending.CloudFrontRefuses(403, "This distribution does not allow the method of the request.");
        }

        if (origin.Bucket is { } bucket)
        {
            hops.Pass(Station.Origin, origin.Id, $"is the bucket {bucket}", AccountResource.WithId("aws_s3_bucket", bucket));
            return ObjectAt(origin, bucket, visit.Path, distribution.RootObject);
        }

        if (view.BalancerNamed(origin.DomainName) is not { } balancer)
        {
            hops.Break(Station.Origin, origin.Id, $"is {origin.DomainName}", resource, "no load balancer has this name");
            return new Ending.CloudFrontRefuses(502, "The name of the origin cannot be resolved.");
        }

        hops.Pass(Station.Origin, origin.Id, $"is {origin.DomainName}, port {origin.Port}", resource);
        return AtConnection(balancer, behaviour.ForwardsHost ? visit.Host : origin.DomainName, origin, visit, hops);
    }

    private Ending AtConnection(Balancer balancer, string host, Origin origin, Visit visit, HopList hops)
    {
        var resource = AccountResource.WithArn("aws_lb", balancer.Arn);
        if (!new Reach(view).FromCloudFront(balancer, origin.Port))
        {
            var group = balancer.SecurityGroups.Count > 0 ? balancer.SecurityGroups[0] : "";
            hops.Break(
                Station.Balancer,
                balancer.Name,
                $"is {balancer.DnsName}",
                resource,
                $"its security groups do not let CloudFront in on port {origin.Port}",
                new AccountResource("aws_vpc_security_group_ingress_rule", [("security_group_id", group), ("from_port", $"{origin.Port}")]),
                AccountResource.WithId("aws_security_group", group));
            return new Ending.CloudFrontRefuses(504, "The origin does not accept a connection in time.");
        }

        hops.Pass(Station.Balancer, balancer.Name, $"lets CloudFront in on port {origin.Port}", resource);
        if (balancer.Listeners.FirstOrDefault(one => one.Port == origin.Port) is not { } listener)
        {
            NoListener(balancer, origin.Port, hops);
            return new Ending.CloudFrontRefuses(504, "The origin does not accept a connection in time.");
        }

        if (listener.SpeaksTls != origin.SpeaksTls)
        {
            hops.Break(Station.Listener, $"{listener.Port}", $"speaks {listener.Protocol}", AccountResource.WithArn("aws_lb_listener", listener.Arn), $"CloudFront speaks {(origin.SpeaksTls ? "HTTPS" : "HTTP")} to it");
            return new Ending.CloudFrontRefuses(502, "The origin does not speak the protocol that is expected of it.");
        }

        hops.Pass(Station.Listener, $"{listener.Port}", $"speaks {listener.Protocol}", AccountResource.WithArn("aws_lb_listener", listener.Arn));
        return listener.SpeaksTls && !Trusts(listener, host, origin, hops)
            ? new Ending.CloudFrontRefuses(502, "The origin's certificate is not accepted.")
            : _balancers.Ask(balancer, listener, AsForwarded(visit, host, origin), hops, hasListenerHop: true);
    }

    private static Visit AsForwarded(Visit visit, string host, Origin origin) => visit with
    {
        Host = host,
        Header = name => origin.Headers.FirstOrDefault(added => string.Equals(added.Name, name, StringComparison.OrdinalIgnoreCase)).Value ?? visit.Header(name),
    };

    /// <summary>CloudFront takes a certificate for the Host that it sends, or for the origin's own name.</summary>
    private bool Trusts(Listener listener, string host, Origin origin, HopList hops)
    {
        var shown = view.CertificateFor(listener, host);
        if (shown is { Likeness: { } likeness } && !likeness.Covers(host) && likeness.Covers(origin.DomainName))
            host = origin.DomainName;
        return Judge(Station.OriginCertificate, shown?.Arn ?? "none", shown?.Likeness, host, hops);
    }

    private static Ending.BalancerRefuses NoListener(Balancer balancer, int port, HopList hops)
    {
        hops.Break(
            Station.Listener,
            $"{port}",
            $"is the port that {balancer.Name} is asked on",
            AccountResource.WithArn("aws_lb", balancer.Arn),
            "no listener is there",
            new AccountResource("aws_lb_listener", [("load_balancer_arn", balancer.Arn), ("port", $"{port}")]));
        return new Ending.BalancerRefuses(503);
    }

    private static AccountResource Resource(Distribution distribution) => AccountResource.WithId("aws_cloudfront_distribution", distribution.Id);
}
