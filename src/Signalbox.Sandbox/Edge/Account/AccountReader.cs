using System.Text.Json;
using System.Xml;
using Signalbox.Diagnostics;
using Signalbox.Sandbox.Edge.Certificates;

namespace Signalbox.Sandbox.Edge.Account;

/// <summary>Reads the whole control plane that matters in about twenty calls, those that do not need each other at once.</summary>
internal sealed class AccountReader(AccountCalls calls)
{
    private const string Global = "us-east-1";
    private const string CloudFrontPath = "/2020-05-31/distribution";
    private const string HeadersPolicyPath = "/2020-05-31/response-headers-policy";

    public async Task<AccountReading> Read(CancellationToken cancellation)
    {
        try
        {
            return new AccountReading.Seen(await View(cancellation));
        }
        catch (HttpRequestException refused)
        {
            return new AccountReading.Unreadable(refused.Message);
        }
        catch (Exception garbled) when (garbled is XmlException or JsonException)
        {
            return new AccountReading.Unreadable($"the emulator's answer cannot be read: {garbled.Message}");
        }
    }

    private async Task<AccountView> View(CancellationToken cancellation)
    {
        var distributions = await Distributions(cancellation);
        // A load balancer's own name says its region, so that an environment need not live where the sandbox does.
        var regions = distributions.SelectMany(one => one.Origins).Select(origin => origin.DomainName.Split('.'))
            .Where(parts => parts is [_, _, "elb", "amazonaws", "com"]).Select(parts => parts[1])
            .Append(FakeAccount.Region).Distinct(StringComparer.Ordinal).ToList();

        var parts = await Task.WhenAll(regions.Select(region => new RegionReader(calls, region).Read(cancellation)));
        var balancers = parts.SelectMany(part => part.Balancers).ToList();
        var arns = distributions.Select(one => one.CertificateArn).OfType<string>()
            .Concat(balancers.SelectMany(balancer => balancer.Listeners).SelectMany(listener => listener.CertificateArns))
            .Distinct(StringComparer.Ordinal);
        var certificates = await Task.WhenAll(arns.Select(arn => Certificate(arn, cancellation)));
        var policies = await HeadersPolicies(distributions, cancellation);
        return new AccountView(
            distributions,
            [.. balancers],
            [.. parts.SelectMany(part => part.TargetGroups)],
            [.. parts.SelectMany(part => part.Services)],
            parts.SelectMany(part => part.SecurityGroups).ToDictionary(group => group.Id, StringComparer.Ordinal),
            parts.SelectMany(part => part.PrefixLists).ToDictionary(list => list.Id, list => list.Name, StringComparer.Ordinal),
            certificates.Where(one => one.Likeness is not null).ToDictionary(one => one.Arn, one => one.Likeness!, StringComparer.Ordinal),
            policies);
    }

    /// <summary>The emulator's list lacks aliases and origins, so each distribution is asked for.</summary>
    private async Task<ValueList<Distribution>> Distributions(CancellationToken cancellation)
    {
        var list = await calls.Rest("cloudfront", Global, CloudFrontPath, cancellation);
        var whole = await Task.WhenAll(list.List("Items").Select(item =>
            calls.Rest("cloudfront", Global, $"{CloudFrontPath}/{item.Text("Id")}", cancellation)));
        return [.. whole.Select(Distribution.Of)];
    }

    private async Task<Dictionary<string, ValueList<AddedHeader>>> HeadersPolicies(ValueList<Distribution> distributions, CancellationToken cancellation)
    {
        var ids = distributions.SelectMany(one => one.Behaviours).Select(behaviour => behaviour.HeadersPolicyId).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal);
        var policies = await Task.WhenAll(ids.Select(async id =>
            (Id: id, Policy: await calls.RestOrNone("cloudfront", Global, $"{HeadersPolicyPath}/{id}", cancellation))));
        return policies.Where(one => one.Policy is not null).ToDictionary(one => one.Id, one => AddedHeader.OfPolicy(one.Policy!), StringComparer.Ordinal);
    }

    private async Task<(string Arn, CertificateLikeness? Likeness)> Certificate(string arn, CancellationToken cancellation)
    {
        var region = arn.Split(':') is { Length: > 3 } parts ? parts[3] : FakeAccount.Region;
        var answer = await calls.Json("acm", region, "CertificateManager.DescribeCertificate", writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("CertificateArn", arn);
            writer.WriteEndObject();
        }, cancellation);
        var certificate = answer?.Inside("Certificate") ?? default;
        var names = certificate.List("SubjectAlternativeNames").Select(name => name.GetString()!)
            .Append(certificate.Text("DomainName")).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase);
        // An expired certificate stays in use and is shown: that is how a visitor learns of it.
        return certificate.Text("Status") is "ISSUED" or "EXPIRED" && certificate.Moment("NotAfter") is { } until
            ? (arn, new CertificateLikeness([.. names], certificate.Moment("NotBefore") ?? DateTimeOffset.UnixEpoch, until))
            : (arn, null);
    }
}

/// <summary>What asking the account came to.</summary>
internal abstract record AccountReading
{
    private AccountReading() { }

    public sealed record Seen(AccountView View) : AccountReading;

    public sealed record Unreadable(string Why) : AccountReading;
}
