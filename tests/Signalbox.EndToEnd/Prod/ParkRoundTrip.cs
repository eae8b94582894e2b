using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.Prod;

/// <summary>Parked and unparked, the environment is what it was; in between it costs less and says so.</summary>
[Collection(AppliedOnce.Name)]
public sealed class ParkRoundTrip(AppliedEnvironment environment)
{
    private const string Database = "module.aurora.aws_rds_cluster.this";

    private static readonly string[] Services =
        ["module.portal.aws_ecs_service.this[0]", "module.prefect.module.server.aws_ecs_service.this[0]", "module.prefect.module.worker.aws_ecs_service.this[0]"];

    /// <summary>
    /// What parking removes is made again, so AWS gives it other ids and addresses; a distribution that was changed and
    /// changed back has another version. Nothing else may differ.
    /// </summary>
    private static readonly string[] MadeAgain =
    [
        "module.cloudfront_apps.managed.aws_cloudfront_distribution.app[\"pipelines\"]: etag",
        "module.cloudfront_apps.managed.aws_cloudfront_distribution.app[\"pipelines\"]: last_modified_time",
        "module.cloudfront_apps.managed.aws_cloudfront_distribution.app[\"portal\"]: etag",
        "module.cloudfront_apps.managed.aws_cloudfront_distribution.app[\"portal\"]: last_modified_time",
        "module.network.managed.aws_eip.nat[0]: ",
        "module.network.managed.aws_nat_gateway.this[0]: ",
        "module.network.managed.aws_route.private_default[0]: nat_gateway_id",
        "module.network.managed.aws_route_table.private: route",
        "module.network.managed.aws_vpc_endpoint.interface[\"ecr.api\"]: ",
        "module.network.managed.aws_vpc_endpoint.interface[\"ecr.dkr\"]: ",
        "module.network.managed.aws_vpc_endpoint.interface[\"logs\"]: ",
        "module.network.managed.aws_vpc_endpoint.interface[\"secretsmanager\"]: ",
    ];

    /// <summary>What AWS chooses for something that is made.</summary>
    internal static readonly string[] Given =
        ["allocation_id", "arn", "association_id", "dns_entry", "id", "network_interface", "network_interface_id", "network_interface_ids", "private_dns", "private_ip", "public_dns", "public_ip", "secondary_allocation_ids", "subnet_configuration"];

    [Fact]
    public async Task It_parks_stays_parked_and_comes_back_exactly()
    {
        await environment.Reset();
        await environment.Shell("cd infra/envs/prod; export TF_VAR_account_id=123456789012 TF_DATA_DIR=$OLDPWD/.signalbox/terraform/prod-sandbox; terraform apply -refresh-only -auto-approve -input=false");
        var before = await State();

        var parking = Must(await environment.Wrapper("park"));
        var parked = await JournalOf(parking);
        var plan = Must(await environment.Wrapper("plan"));
        var again = Must(await environment.Wrapper("park"));
        using var status = JsonDocument.Parse(Must(await environment.Signalbox("status", "prod", "--json")).Answer);
        var unparking = Must(await environment.Wrapper("unpark"));
        var unparked = await JournalOf(unparking);
        var clean = Must(await environment.Wrapper("plan"));
        using var savings = JsonDocument.Parse(Must(await environment.Signalbox("savings", "prod", "--json")).Answer);

        Assert.Matches(@"^prod is parked \(.*\): 2 added, 7 changed, 7 removed", parking.Answer);
        Assert.Matches("(?m)^answers  parked, at the latest .+ after the apply began$", parking.Answer);
        Assert.StartsWith("prod is parked, and this plan keeps it parked.\nNo changes.", plan.Answer, StringComparison.Ordinal);
        Assert.StartsWith("prod is parked already; nothing was changed", again.Answer, StringComparison.Ordinal);
        Assert.Equal("parked", status.RootElement.GetProperty("state").GetString());
        Assert.Equal(ByHand.AnHour, status.RootElement.GetProperty("saves_usd_per_hour").GetDecimal());
        Assert.Matches(@"^prod is unparked \(.*\): 7 added, 7 changed, 2 removed", unparking.Answer);
        Assert.StartsWith("No changes.", clean.Answer, StringComparison.Ordinal);
        Assert.Equal("", string.Join('\n', before.DifferencesTo(await State()).Where(difference => !IsGivenAnew(difference))));
        AssertBooked(savings.RootElement);
        AssertVerified(parking, "parked");
        AssertVerified(again, "parked");
        AssertVerified(unparking, "live");
        Assert.All(Services, service => Assert.InRange(parked.IndexOf($"completed drain {service}"), 0, parked.IndexOf($"started update {Database}") - 1));
        Assert.All(Services, service => Assert.InRange(unparked.IndexOf($"completed update {Database}"), 0, unparked.IndexOf($"started update {service}") - 1));
    }

    [Fact]
    public async Task The_workflows_park_it_and_bring_it_back()
    {
        await environment.Reset();

        Must(await environment.Signalbox("run", "park-infrastructure", "--approve-all"));
        var plan = Must(await environment.Wrapper("plan"));
        var parked = Must(await environment.Signalbox("verify", "prod"));
        Must(await environment.Signalbox("run", "unpark-infrastructure", "--approve-all"));
        var clean = Must(await environment.Wrapper("plan"));
        var live = Must(await environment.Signalbox("verify", "prod"));
        using var savings = JsonDocument.Parse(Must(await environment.Signalbox("savings", "prod", "--json")).Answer);

        Assert.StartsWith("prod is parked, and this plan keeps it parked.\nNo changes.", plan.Answer, StringComparison.Ordinal);
        Assert.StartsWith("No changes.", clean.Answer, StringComparison.Ordinal);
        AssertVerified(parked, "parked");
        AssertVerified(live, "live");
        AssertBooked(savings.RootElement);
    }

    private static void AssertVerified(Ending ending, string expected)
    {
        Assert.Matches("(?m)^healthy +portal ", ending.Answer);
        Assert.Matches($"(?m)^prod in sandbox: 2 of 2 endpoints healthy, expected {expected}", ending.Answer);
    }

    /// <summary>What happened in the account, in its order, such as `completed update module.x`.</summary>
    private async Task<List<string>> JournalOf(Ending movement)
    {
        var plan = Regex.Match(movement.Answer, "(?m)^plan +([0-9a-f]{64})$").Groups[1].Value;
        var lines = await File.ReadAllLinesAsync(Path.Combine(environment.Folder, ".signalbox", "applies", $"{plan}.ndjson"), TestContext.Current.CancellationToken);
        return [.. lines.Select(line => JsonNode.Parse(line)!).Select(happened => $"{happened["event"]} {happened["action"]} {happened["address"]}")];
    }

    [Fact]
    public async Task What_is_pending_does_not_ride_along_and_an_ordinary_plan_cannot_park()
    {
        await environment.Reset();
        var services = Path.Combine(environment.Folder, "infra/envs/prod/services.tf");
        var written = await File.ReadAllTextAsync(services, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(services, written.Replace("memory             = 1024", "memory             = 2048", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var refused = await environment.Signalbox("park", "prod");
        await File.WriteAllTextAsync(services, written, TestContext.Current.CancellationToken);
        var variable = await environment.Signalbox("plan", "prod", "--var", "parked=true");

        Assert.Equal(1, refused.Code);
        Assert.Contains("deny[SB3350]", refused.Answer, StringComparison.Ordinal);
        Assert.Contains("module.portal.aws_ecs_task_definition.this", refused.Answer, StringComparison.Ordinal);
        Assert.Contains("the park guard denies it: nothing was changed", refused.Conversation, StringComparison.Ordinal);
        Assert.Equal(1, variable.Code);
        Assert.Contains("[SB3361]", variable.Conversation, StringComparison.Ordinal);
    }

    /// <summary>The list prices of London, 2026-09-11 to 2026-09-25, times what the environment runs.</summary>
    private static class ByHand
    {
        public const decimal Tasks = (1.0m * 0.04656m) + (2.0m * 0.00511m); // 0.5 + 0.25 + 0.25 vCPU, 1 + 0.5 + 0.5 GB
        public const decimal Network = 0.05m + 0.005m + (8 * 0.011m); // NAT gateway, its address, 4 endpoints in 2 zones
        public const decimal AnHour = Tasks + Network;
    }

    private static void AssertBooked(JsonElement savings)
    {
        var booked = savings.GetProperty("booked").EnumerateArray().ToArray();
        var hours = savings.GetProperty("hours_parked").GetDecimal();

        Assert.InRange(hours, 0.001m, 1m);
        var sum = booked.Sum(line => line.GetProperty("unit_hours").GetDecimal() * line.GetProperty("price").GetDecimal());
        Assert.InRange(sum - (ByHand.AnHour * hours), -0.0001m, 0.0001m);
        Assert.Contains(savings.GetProperty("not_observed").EnumerateArray(), line => line.GetProperty("usage").GetString() == "Aurora:ServerlessV2Usage");
        Assert.Contains(savings.GetProperty("could_save_more").EnumerateArray(), line => line.GetProperty("usage").GetString() == "LoadBalancerUsage");
        Assert.Empty(savings.GetProperty("without_price").EnumerateArray());
    }

    private static bool IsGivenAnew(string difference) =>
        Array.Exists(MadeAgain, part => difference == part || (part.EndsWith(": ", StringComparison.Ordinal) && Array.Exists(Given, attribute => difference == part + attribute)));

    private async Task<TerraformState> State() => TerraformState.Parse(
        (await environment.Shell("cd infra/envs/prod; export TF_DATA_DIR=$OLDPWD/.signalbox/terraform/prod-sandbox; terraform state pull 2>/dev/null")).Answer);
}
