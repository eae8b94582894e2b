using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`endpoints`: what is probed, what it must answer, and what is to be mended when it does not.</summary>
internal static class EndpointsSection
{
    private const string CloudFront = "cloudfront";
    private const int LongestName = 64;
    private const int MostRedirects = 10;

    private static readonly Rule UnknownEdge = new("SB3054", Severity.Error, "An edge is not known");
    private static readonly Rule BadName = new("SB3056", Severity.Error, "The name of an endpoint is not allowed");

    private static readonly SectionShape Tls = new([new("valid_for")]);
    private static readonly SectionShape Service = new([new("path"), .. ExpectationSection.Keys]);
    private static readonly SectionShape Resources = new([.. HopWords.All.Select(hop => new KnownKey(hop.Word()))]);

    private static readonly SectionShape Endpoint = new(
    [
        new("url"),
        new("through"),
        new("live", ExpectationSection.Shape),
        new("parked", ExpectationSection.Shape),
        new("tls", Tls),
        new("service", Service),
        new("follow_redirects"),
        new("resources", Resources),
    ]);

    public static SectionShape Shape { get; } = SectionShape.OfNames(Endpoint);

    public static ValueList<Endpoint> Read(Setting setting) =>
        setting.Open(Shape) is { } section ? [.. section.Settings.Select(ReadOne).OfType<Endpoint>()] : [];

    private static Endpoint? ReadOne(Setting setting)
    {
        CheckName(setting);
        if (setting.Open(Endpoint) is not { } section)
            return null;
        var url = section.Require("url", "add `url:` and what is asked for, as in `url: https://portal.example.org/`") is { } address
            ? EndpointUrl.Read(address, mayHaveQuery: true)
            : null;
        var endpoint = new Endpoint
        {
            Name = setting.Name,
            Url = url ?? new Uri("https://invalid/"),
            ThroughCloudFront = IsThroughCloudFront(section.Find("through")),
            Live = Expected(section.Find("live"), usual: 200),
            Parked = Expected(section.Find("parked"), usual: 503),
            CertificateValidFor = section.Find("tls")?.Open(Tls)?.Find("valid_for") is { } valid
                && DurationSetting.Read(valid, TimeSpan.FromDays(365)) is { } duration ? duration : TimeSpan.FromDays(Verification.Endpoint.DefaultDaysValid),
            Service = section.Find("service") is { } service ? ServiceProbe(service) : null,
            FollowedRedirects = VerificationSection.Count(section.Find("follow_redirects"), 0, MostRedirects) ?? 0,
            Resources = section.Find("resources") is { } resources ? Mended(resources) : [],
            Place = new Location(setting.Reading.Source, setting.NameSpan),
        };
        return url is null ? null : endpoint;
    }

    private static void CheckName(Setting setting)
    {
        var name = setting.Name;
        if (name.Length is > 0 and <= LongestName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && name[0] != '-')
            return;
        setting.Reading.Problems.Add(BadName.At(
            setting.Reading.Source, setting.NameSpan, $"{Culprit.Quote(name)} cannot name an endpoint", $"use at most {LongestName} letters, digits, `-`, `_` and `.`, as in `portal`"));
    }

    private static bool IsThroughCloudFront(Setting? setting)
    {
        if (setting?.Text() is not { } text)
            return false;
        if (text == CloudFront)
            return true;
        setting.Report(
            UnknownEdge,
            $"{Culprit.Quote(text)} is not an edge that is known",
            NearestName.Of(text, [CloudFront]) is { } nearest ? $"did you mean `{nearest}`?" : $"write `through: {CloudFront}`, or leave it out");
        return false;
    }

    private static Expectation Expected(Setting? setting, int usual) =>
        setting?.Open(ExpectationSection.Shape) is { } section ? ExpectationSection.Read(section, usual) : new Expectation { Status = usual };

    private static ServiceProbe? ServiceProbe(Setting setting)
    {
        if (setting.Open(Service) is not { } section)
            return null;
        var path = section.Require("path", "add `path:` and what only the service answers, as in `path: /healthcheck`");
        var expected = ExpectationSection.Read(section, usual: 200);
        return path is not null && EndpointUrl.Path(path) is { } text ? new ServiceProbe(text, expected) : null;
    }

    private static ValueList<HopResource> Mended(Setting setting) =>
    [
        .. from hop in setting.Open(Resources)?.Settings ?? []
           let address = TerraformNames.Address(hop)
           where address is not null
           select new HopResource(HopWords.Parse(hop.Name)!.Value, address),
    ];
}
