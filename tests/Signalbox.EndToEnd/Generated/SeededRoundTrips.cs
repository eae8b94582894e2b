using System.Text.Json;
using System.Text.RegularExpressions;
using Signalbox.EndToEnd.Prod;
using Signalbox.EndToEnd.SmallRoot;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.Generated;

/// <summary>Environments that nobody wrote are parked and come back as exactly as the one that we know.</summary>
/// <remarks>`SIGNALBOX_PARK_SEEDS=1-20` draws twenty; each takes a minute or two.</remarks>
public sealed class SeededRoundTrips(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string MadeAgain = "aws_eip aws_nat_gateway aws_route aws_route_table aws_vpc_endpoint";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds()
    {
        var (first, last) = Environment.GetEnvironmentVariable("SIGNALBOX_PARK_SEEDS")?.Split('-') is [var from, var to] ? (int.Parse(from), int.Parse(to)) : (1, 2);
        return [.. Enumerable.Range(first, last - first + 1)];
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_generated_environment_parks_and_comes_back_exactly(int seed)
    {
        var generated = GeneratedEnvironment.Of(seed);
        await Begin(generated);
        using var endpoint = await ServiceEndpoint.Start(repository);
        await repository.Write("signalbox.yml", $"""
            version: 1
            environments:
              small:
                root: root
                endpoints:
                  web:
                    url: {endpoint.Url}
                    parked: {"{ status: 503, body: Parked }"}

            """);
        var before = await State();

        await repository.Write("root/main.tf", generated.Mistaken);
        var mistaken = await repository.Signalbox("park", "small");
        await repository.Write("root/main.tf", generated.Text);
        if (seed % 2 == 1)
            await KillOnceDrained(endpoint);
        var parked = Must(await repository.Signalbox("park", "small"));
        var kept = Must(await repository.Signalbox("plan", "small"));
        var answersParked = Must(await repository.Signalbox("verify", "small"));
        var unparked = Must(await repository.Signalbox("unpark", "small"));
        var clean = Must(await repository.Signalbox("plan", "small"));
        var answersLive = Must(await repository.Signalbox("verify", "small"));
        using var savings = JsonDocument.Parse(Must(await repository.Signalbox("savings", "small", "--json")).Answer);

        Assert.Equal(1, mistaken.Code);
        Assert.True(Regex.IsMatch(mistaken.Answer, $@"deny\[SB3352\][^\n]*\n +{Regex.Escape(generated.MistakenAddress)}(\[0\])?: ", RegexOptions.None, TimeSpan.FromSeconds(1)), mistaken.ToString());
        Assert.StartsWith("small is parked (", parked.Answer, StringComparison.Ordinal);
        Assert.StartsWith("small is parked, and this plan keeps it parked.\nNo changes.", kept.Answer, StringComparison.Ordinal);
        Assert.Contains("1 of 1 endpoints healthy, expected parked", answersParked.Answer, StringComparison.Ordinal);
        Assert.StartsWith("small is unparked (", unparked.Answer, StringComparison.Ordinal);
        Assert.StartsWith("No changes.", clean.Answer, StringComparison.Ordinal);
        Assert.Contains("1 of 1 endpoints healthy, expected live", answersLive.Answer, StringComparison.Ordinal);
        Assert.Equal("", string.Join('\n', before.DifferencesTo(await State()).Where(difference => !IsGivenAnew(difference))));
        var (hours, total) = (savings.RootElement.GetProperty("hours_parked").GetDecimal(), savings.RootElement.GetProperty("booked").EnumerateArray().Sum(line => line.GetProperty("unit_hours").GetDecimal() * line.GetProperty("price").GetDecimal()));
        Assert.InRange(total - (generated.AnHour * hours), -0.0001m, 0.0001m);
        Assert.Empty(savings.RootElement.GetProperty("without_price").EnumerateArray());
    }

    private async Task Begin(GeneratedEnvironment generated)
    {
        foreach (var left in (string[])[".signalbox/register.ndjson", ".signalbox/register.ndjson.head"])
            File.Delete(Path.Combine(repository.Folder, left)); // of the seed before
        await repository.Write("root/main.tf", generated.Text);
        await repository.Write("signalbox.yml", SmallRepository.PlainSettings);
        Must(await repository.Signalbox("sandbox", "reset"));
        Must(await repository.Signalbox("apply", "small", await repository.Plan($"{Guid.NewGuid():N}"), "--approved-by", "ada"));
    }

    /// <summary>The services are at zero, and Terraform has hardly begun.</summary>
    private async Task KillOnceDrained(ServiceEndpoint endpoint)
    {
        using var park = repository.Start("park", "small");
        using (var often = new PeriodicTimer(TimeSpan.FromMilliseconds(10)))
        {
            while (await endpoint.WantedTasks() > 0)
            {
                Assert.False(park.HasExited, "the park ended, and the service was not drained");
                await often.WaitForNextTickAsync(Cancellation);
            }
        }

        Assert.False(park.HasExited);
        await park.Kill(everything: true);
        await park.Said;
    }

    /// <summary>As the account has it: what a provider writes down of something new may lack what it reads of it later.</summary>
    private async Task<TerraformState> State()
    {
        await repository.Shell("cd root; TF_DATA_DIR=../.signalbox/terraform/small-sandbox terraform apply -refresh-only -auto-approve -input=false");
        return TerraformState.Parse((await repository.Shell("aws s3 cp --quiet s3://small-state/small.tfstate -")).Answer);
    }

    /// <summary>An attribute that AWS chooses, of something that parking removes.</summary>
    private static bool IsGivenAnew(string difference) =>
        difference.Split(": ") is [var address, var attribute]
        && address.Split('.') is ["managed", var type, ..] && MadeAgain.Split(' ').Contains(type, StringComparer.Ordinal)
        && (ParkRoundTrip.Given.Contains(attribute, StringComparer.Ordinal) || (type, attribute) is ("aws_route", "nat_gateway_id") or ("aws_route_table", "route"));
}
