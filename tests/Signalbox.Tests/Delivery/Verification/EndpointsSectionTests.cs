using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;
using Signalbox.Tests.Delivery.Environments;
using Signalbox.Tests.House;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

public sealed class EndpointsSectionTests
{
    public static TheoryData<string> Names => [.. BadEndpoints.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_told_with_its_place_and_what_to_do(string name)
    {
        Assert.False(Checkout.Parse(BadEndpoints.All[name]).Succeeded(out _, out var problems));
        Assert.All(problems, problem => Assert.NotNull(problem.Hint));
        Golden.Verify(string.Join('\n', problems.Select(problem => DiagnosticText.Render(problem))), $"{name}.txt");
    }

    [Fact]
    public void Every_golden_file_belongs_to_a_case()
    {
        var kept = Repository.Files("tests/Signalbox.Tests/Delivery/Verification/Golden", "*.txt").Select(file => Path.GetFileNameWithoutExtension(file));

        Assert.Equal(BadEndpoints.All.Keys.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_left_out_has_sensible_values()
    {
        var endpoint = Checkout.Read("version: 1\nenvironments: { prod: { root: infra/envs/prod, endpoints: { docs: { url: 'https://docs.example.org/a?b=c' } } } }").Environments[0].Endpoints[0];

        Assert.Equal((200, 503, 14), (endpoint.Live.Status, endpoint.Parked.Status, endpoint.CertificateValidFor.Days));
        Assert.Equal((0, null, false), (endpoint.FollowedRedirects, endpoint.Service, endpoint.ThroughCloudFront));
        Assert.Equal(Hop.Service, endpoint.Answerer(ExpectedState.Live));
    }

    [Fact]
    public void An_expected_redirect_says_the_status_too() => Assert.Equal(302, Portal.Endpoint.Live.Status);

    [Fact]
    public void Patience_is_read_as_it_is_written()
    {
        var settings = Checkout.Read("version: 1\nenvironments: { prod: { root: infra/envs/prod, verification: { deadline: 5m, probe_limit: 900ms, interval: 2s, successes: 3, failures: 7, at_once: 9 } } }").Environments[0].Verification;

        Assert.Equal(
            new VerificationSettings { Deadline = TimeSpan.FromMinutes(5), ProbeLimit = TimeSpan.FromMilliseconds(900), Interval = TimeSpan.FromSeconds(2), Successes = 3, Failures = 7, AtOnce = 9 },
            settings);
    }

    [Fact]
    public void An_unknown_endpoint_is_refused_with_the_nearest_name()
    {
        var environment = Checkout.Read("version: 1\nenvironments: { prod: { root: infra/envs/prod, endpoints: { portal: { url: 'https://a/' } } } }").Environments[0];

        Assert.False(EndpointChoice.Of(environment, ["protal"]).Succeeded(out _, out var problems));
        Assert.Equal("did you mean `portal`?", Assert.Single(problems).Hint);
        Assert.NotNull(problems[0].Location);
    }

    [Fact]
    public void This_repository_declares_portal_and_pipelines_at_the_issuer_of_its_root_module()
    {
        Assert.True(SignalboxFile.Read(Repository.Folder).Succeeded(out var file, out _));
        var issuer = Repository.Read("infra/envs/prod/terraform.tfvars").Split('\n').Single(line => line.StartsWith("kinde_host", StringComparison.Ordinal)).Split('"')[1];

        Assert.Equal(["portal", "pipelines"], file.Environments[0].Endpoints.Select(endpoint => endpoint.Name));
        Assert.All(file.Environments[0].Endpoints, endpoint => Assert.Equal(issuer, endpoint.Live.RedirectsTo!.Address.Host));
    }
}
