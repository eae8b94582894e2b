using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Parking;
using Xunit;
using static Signalbox.Tests.Delivery.Parking.ParkAnswers;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Parking;

public sealed class ParkGuardTests
{
    private const string ByCount = "\"action_reason\":\"delete_because_count_index\"";

    [Fact]
    public async Task The_services_that_go_to_nothing_are_drained_and_no_others()
    {
        const string Running = """{"desired_count":2,"name":"web","cluster":"arn:aws:ecs:eu-west-1:123456789012:cluster/blue","id":"arn:aws:ecs:eu-west-1:123456789012:service/blue/web"}""";
        var record = await Parked(
            Change("aws_ecs_service.web", "update", Running, Running.Replace(":2,", ":0,", StringComparison.Ordinal)),
            Change("aws_ecs_service.smaller", "update", Running, Running.Replace(":2,", ":1,", StringComparison.Ordinal)));

        Assert.Equal([new ServiceToDrain("aws_ecs_service.web", "arn:aws:ecs:eu-west-1:123456789012:cluster/blue", "web", "eu-west-1")], record.Drained);
    }

    [Fact]
    public async Task What_parking_is_for_passes_and_needs_nobody()
    {
        var said = await ToParking(
            Change("module.web.aws_ecs_service.this", "update", Service, ParkedService),
            Change("aws_rds_cluster.db", "update", """{"serverlessv2_scaling_configuration":[{"min_capacity":0.5,"max_capacity":1}]}""", """{"serverlessv2_scaling_configuration":[{"min_capacity":0,"max_capacity":1}]}"""),
            Change("aws_nat_gateway.nat", "delete", """{"id":"nat-1"}""", members: ByCount),
            Change("aws_lb_listener_rule.parked", "create", after: """{"priority":1,"action":[{"type":"fixed-response"}]}"""));

        Assert.Equal("", said);
    }

    [Theory]
    [InlineData("aws_ecs_service", """{"desired_count":1,"task_definition":"a:1"}""", """{"desired_count":0,"task_definition":"a:2"}""", "deny SB3350")]
    [InlineData("aws_ecs_service", """{"desired_count":1}""", """{"desired_count":3}""", "hold SB3355")]
    [InlineData("aws_rds_cluster", """{"serverlessv2_scaling_configuration":[{"max_capacity":4}]}""", """{"serverlessv2_scaling_configuration":[{"max_capacity":1}]}""", "deny SB3350")]
    [InlineData("aws_rds_cluster", """{"allocated_storage":100}""", """{"allocated_storage":10}""", "deny SB3350")]
    [InlineData("aws_lb", """{"idle_timeout":60}""", """{"idle_timeout":30}""", "deny SB3350")]
    public async Task An_update_is_judged_attribute_by_attribute(string type, string before, string after, string expected) =>
        Assert.Equal(expected, await ToParking(Change($"{type}.x", "update", before, after)));

    [Theory]
    [InlineData("""{"desired_count":0}""", """{"task_definition":true}""", "deny SB3350")]
    [InlineData("""{"name":"web"}""", """{"desired_count":true}""", "hold SB3355")]
    public async Task What_is_only_known_after_the_apply_is_a_change_too(string after, string unknown, string expected) =>
        Assert.Equal(expected, await ToParking(Change("aws_ecs_service.x", "update", """{"desired_count":1,"task_definition":"a:1","name":"web"}""", after.TrimEnd('}') + (after.Contains("name", StringComparison.Ordinal) ? ",\"task_definition\":\"a:1\"}" : ",\"name\":\"web\"}"), unknown)));

    [Theory]
    [InlineData("aws_s3_bucket", "delete", ByCount, "deny SB3101, deny SB3352")]
    [InlineData("aws_rds_cluster", "delete create", "", "deny SB3102, deny SB3352")]
    [InlineData("aws_kms_key", "forget", "", "deny SB3103, deny SB3352")]
    [InlineData("aws_instance", "delete", ByCount, "deny SB3350, hold SB3104")]
    [InlineData("aws_nat_gateway", "delete create", "", "deny SB3350, hold SB3105")]
    [InlineData("aws_nat_gateway", "delete", "\"action_reason\":\"delete_because_no_resource_config\"", "deny SB3350, hold SB3104")]
    [InlineData("aws_nat_gateway", "delete", "\"deposed\":\"12ab34cd\"", "deny SB3350, hold SB3104")]
    [InlineData("aws_nat_gateway", "no-op", "\"previous_address\":\"aws_nat_gateway.was\"", "deny SB3350")]
    public async Task Nothing_stateful_goes_and_nothing_unlisted_rides_along(string type, string actions, string members, string expected) =>
        Assert.Equal(expected, await ToParking(Change($"{type}.x", actions, "{}", actions.Contains("create", StringComparison.Ordinal) || actions == "no-op" ? "{}" : "null", members: members)));

    [Theory]
    [InlineData("aws_lb_listener_rule", """{"action":[{"type":"forward"}]}""", "deny SB3350")]
    [InlineData("aws_lb_listener_rule", """{"action":[{"type":"authenticate-oidc"},{"type":"fixed-response"}]}""", "deny SB3350")]
    [InlineData("aws_lb_listener_rule", """{"action":[{"type":"fixed-response"}]}""", "")]
    [InlineData("aws_nat_gateway", "{}", "deny SB3350")]
    public async Task Only_the_rule_that_answers_parked_may_be_made(string type, string after, string expected) =>
        Assert.Equal(expected, await ToParking(Change($"{type}.x", "create", after: after)));

    [Fact]
    public async Task A_new_kind_of_resource_is_parkable_once_it_is_listed()
    {
        var change = Change("aws_redshift_pause.x", "delete", "{}", members: ByCount);
        var listed = await Reading(Park(more: new ParkableChanges { Removed = ["aws_redshift_pause"] }), [change]);

        Assert.Equal("deny SB3350, hold SB3104", await ToParking(change));
        Assert.Equal("", Said(listed));
    }

    [Fact]
    public async Task What_the_file_calls_stateful_is_kept_even_when_it_is_parkable()
    {
        var reading = await Reading(
            Park(), [Change("module.edge.aws_nat_gateway.x", "delete", "{}", members: ByCount)], policy: new GuardPolicy { StatefulAddresses = ["module.edge"] });

        Assert.Equal("deny SB3101, deny SB3352", Said(reading));
    }

    [Theory]
    [InlineData("1", "5", "deny SB3351")]
    [InlineData("1", "1", "")]
    public async Task A_value_that_somebody_changed_in_the_account_is_not_run_over(string state, string live, string expected)
    {
        var drift = $"\"resource_drift\":[{Change("aws_ecs_service.x", "update", $$"""{"desired_count":{{state}}}""", $$"""{"desired_count":{{live}}}""")}]";
        var reading = await Reading(Park(), [Change("aws_ecs_service.x", "update", $$"""{"desired_count":{{live}}}""", """{"desired_count":0}""")], drift);

        Assert.Equal(expected, Said(reading));
    }

    [Fact]
    public async Task What_an_interrupted_park_left_in_the_account_is_its_own_work_and_is_remembered()
    {
        var drift = $"""
            "resource_drift":[{Change("aws_ecs_service.x", "update", Service, ParkedService)},{Change("aws_nat_gateway.n", "delete", """{"subnet_id":"s"}""")}]
            """;

        var reading = await Reading(Park(), [Change("aws_ecs_service.x", "no-op", ParkedService, ParkedService)], drift);

        Assert.Equal("", Said(reading));
        Assert.Equal(new MovedValue("aws_ecs_service.x", "aws_ecs_service", "desired_count", "1", "0"), Assert.Single(reading.Movement!.Values));
        Assert.Equal("aws_nat_gateway.n", Assert.Single(reading.Movement.Removed).Address);
    }

    [Fact]
    public async Task A_park_may_roll_back_what_an_interrupted_unpark_had_brought_back()
    {
        var unparking = new MovementRecord { To = "unparked", Values = [new("aws_ecs_service.x", "aws_ecs_service", "desired_count", "0", "1")] };
        var drift = $"\"resource_drift\":[{Change("aws_ecs_service.x", "update", ParkedService, Service)}]";
        string[] changes = [Change("aws_ecs_service.x", "update", Service, ParkedService)];

        Assert.Equal("deny SB3351", Said(await Reading(Park(), changes, drift)));
        Assert.Equal("", Said(await Reading(Park(interrupted: unparking), changes, drift)));
    }

    [Theory]
    [InlineData("""{"parked":{"actions":["no-op"],"before":false,"after":false}}""", "deny SB3357")]
    [InlineData("""{"parked":{"actions":["update"],"before":false,"after":true},"address":{"actions":["update"],"before":"a","after":"b"}}""", "deny SB3356")]
    [InlineData("{}", "deny SB3357")]
    public async Task The_intent_and_no_other_output_changes(string outputs, string expected) =>
        Assert.Equal(expected, Said(await Reading(Park(), [], $"\"output_changes\":{outputs}")));

    [Fact]
    public void Every_rule_of_the_park_guard_is_its_own() =>
        Assert.Distinct(MovementRules.All.Select(rule => rule.Code));
}
