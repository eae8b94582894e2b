using System.Xml.Linq;
using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Account;

/// <summary>A CloudFront distribution, as far as it decides what a visitor gets.</summary>
/// <param name="CertificateArn">Null for CloudFront's own certificate.</param>
/// <param name="Behaviours">In the order they are tried; the default one last, with an empty pattern.</param>
internal sealed record Distribution(
    string Id,
    string Arn,
    string DomainName,
    bool IsEnabled,
    ValueList<string> Aliases,
    string? CertificateArn,
    string RootObject,
    ValueList<Origin> Origins,
    ValueList<Behaviour> Behaviours,
    ValueList<CustomError> Errors)
{
    /// <summary>An exact alias counts before one with a wildcard; the caller asks for the exact ones first.</summary>
    public bool HasAlias(string host) => Aliases.Any(alias => string.Equals(alias, host, StringComparison.OrdinalIgnoreCase));

    public bool HasWildcardFor(string host) => Aliases.Any(alias =>
        alias.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(alias[1..], StringComparison.OrdinalIgnoreCase));

    public static Distribution Of(XElement distribution)
    {
        var config = distribution.Elements().First(element => element.Name.LocalName == "DistributionConfig");
        var behaviours = config.List("CacheBehaviors", "Items").Concat(config.Elements().Where(element => element.Name.LocalName == "DefaultCacheBehavior"));
        var certificate = config.Text("ViewerCertificate", "ACMCertificateArn");
        return new Distribution(
            distribution.Text("Id"),
            distribution.Text("ARN"),
            distribution.Text("DomainName"),
            config.Flag("Enabled"),
            [.. config.List("Aliases", "Items").Select(alias => alias.Value.Trim())],
            certificate.Length == 0 ? null : certificate,
            config.Text("DefaultRootObject"),
            [.. config.List("Origins", "Items").Select(Origin.Of)],
            [.. behaviours.Select(Behaviour.Of)],
            [.. config.List("CustomErrorResponses", "Items").Select(CustomError.Of)]);
    }
}

/// <param name="Protocol">`https-only`, `http-only` or `match-viewer`; empty for a bucket.</param>
/// <param name="HasAccessControl">CloudFront signs its requests, without which a private bucket refuses them.</param>
/// <param name="Headers">What CloudFront adds to every request.</param>
internal sealed record Origin(
    string Id,
    string DomainName,
    string Path,
    string Protocol,
    int HttpPort,
    int HttpsPort,
    int ReadTimeout,
    bool HasAccessControl,
    ValueList<(string Name, string Value)> Headers)
{
    /// <summary>Viewers reach the edge over HTTPS only, so `match-viewer` means HTTPS.</summary>
    public bool SpeaksTls => Protocol != "http-only";

    public int Port => SpeaksTls ? HttpsPort : HttpPort;

    /// <summary>The bucket behind `BUCKET.s3.REGION.amazonaws.com` and its older forms; null for anything else.</summary>
    public string? Bucket
    {
        get
        {
            var at = DomainName.IndexOf(".s3.", StringComparison.Ordinal) is var dotted and >= 0
                ? dotted
                : DomainName.IndexOf(".s3-", StringComparison.Ordinal);
            return at > 0 && DomainName.EndsWith(".amazonaws.com", StringComparison.Ordinal) ? DomainName[..at] : null;
        }
    }

    public static Origin Of(XElement origin)
    {
        var custom = origin.Elements().FirstOrDefault(element => element.Name.LocalName == "CustomOriginConfig") ?? new XElement("none");
        return new Origin(
            origin.Text("Id"),
            origin.Text("DomainName"),
            origin.Text("OriginPath"),
            custom.Text("OriginProtocolPolicy"),
            custom.Number("HTTPPort", otherwise: 80),
            custom.Number("HTTPSPort", otherwise: 443),
            custom.Number("OriginReadTimeout", otherwise: 30),
            origin.Text("OriginAccessControlId").Length > 0 || origin.Text("S3OriginConfig", "OriginAccessIdentity").Length > 0,
            [.. origin.List("CustomHeaders", "Items").Select(header => (header.Text("HeaderName"), header.Text("HeaderValue")))]);
    }
}

/// <param name="PathPattern">Empty for the default behaviour.</param>
/// <param name="ForwardsHost">The origin hears the name that the viewer asked for, not its own.</param>
/// <param name="HeadersPolicyId">The response headers policy; empty without one.</param>
internal sealed record Behaviour(string PathPattern, string OriginId, bool ForwardsHost, ValueList<string> Methods, string HeadersPolicyId = "")
{
    /// <summary>AWS's managed policies that pass the viewer's Host on have these ids in every account.</summary>
    private static readonly string[] PoliciesWithHost = ["216adef6-5c7f-47e4-b989-5492eafa07d3", "33f36d7e-f396-46d9-90e0-52428a34d9dc"];

    public static Behaviour Of(XElement behaviour)
    {
        var oldHeaders = behaviour.List("ForwardedValues", "Headers", "Items").Select(header => header.Value.Trim());
        return new Behaviour(
            behaviour.Text("PathPattern"),
            behaviour.Text("TargetOriginId"),
            PoliciesWithHost.Contains(behaviour.Text("OriginRequestPolicyId"), StringComparer.Ordinal)
                || oldHeaders.Any(header => header is "*" || string.Equals(header, "Host", StringComparison.OrdinalIgnoreCase)),
            [.. behaviour.List("AllowedMethods", "Items").Select(method => method.Value.Trim())],
            behaviour.Text("ResponseHeadersPolicyId"));
    }
}

/// <summary>What CloudFront says in place of an origin's error.</summary>
/// <param name="Page">Fetched through the same distribution; empty when only the caching is configured.</param>
/// <param name="Status">The visitor's; zero keeps the origin's.</param>
internal sealed record CustomError(int Code, string Page, int Status)
{
    public static CustomError Of(XElement error) => new(error.Number("ErrorCode"), error.Text("ResponsePagePath"), error.Number("ResponseCode"));
}
