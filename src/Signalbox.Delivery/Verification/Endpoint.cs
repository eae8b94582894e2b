using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>What is probed, as signalbox.yml describes it.</summary>
public sealed record Endpoint
{
    public const int DefaultDaysValid = 14;

    public required string Name { get; init; }

    /// <summary>Absolute, `http` or `https`, without credentials or fragment.</summary>
    public required Uri Url { get; init; }

    public Expectation Live { get; init; } = new() { Status = 200 };

    public Expectation Parked { get; init; } = new() { Status = 503 };

    /// <summary>Every answer must have passed CloudFront.</summary>
    public bool ThroughCloudFront { get; init; }

    /// <summary>How much longer the certificate must be good.</summary>
    public TimeSpan CertificateValidFor { get; init; } = TimeSpan.FromDays(DefaultDaysValid);

    /// <summary>Redirects that are followed; almost always none, or the identity provider is what is tested.</summary>
    public int FollowedRedirects { get; init; }

    /// <summary>A path that only the service answers; not asked while parked.</summary>
    public ServiceProbe? Service { get; init; }

    /// <summary>The Terraform resource to mend when a hop is broken.</summary>
    public ValueList<HopResource> Resources { get; init; } = [];

    /// <summary>Where the file names the endpoint.</summary>
    public required Location Place { get; init; }

    public bool IsSecure => Url.Scheme == Uri.UriSchemeHttps;

    public Uri? ServiceUrl => Service is null ? null : new Uri(Url, Service.Path);

    public string? ResourceOf(Hop hop) => Resources.FirstOrDefault(resource => resource.Hop == hop)?.Address;

    public Expectation Expected(ExpectedState state) => state == ExpectedState.Live ? Live : Parked;

    /// <summary>Who gives the answer to <see cref="Url"/> itself: a login is asked for before the service is.</summary>
    public Hop Answerer(ExpectedState state) =>
        state == ExpectedState.Parked || Live.RedirectsTo is not null || Service is not null ? Hop.LoadBalancer : Hop.Service;
}

/// <param name="Path">Absolute, with its query if it has one.</param>
public sealed record ServiceProbe(string Path, Expectation Expected);

/// <param name="Address">A Terraform address such as `module.portal.aws_ecs_service.this`.</param>
public sealed record HopResource(Hop Hop, string Address);
