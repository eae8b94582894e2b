using Signalbox.Delivery.Parking;
using Xunit;
using static Signalbox.Tests.Delivery.Parking.ParkAnswers;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Parking;

/// <summary>What comes back is compared with what was there.</summary>
public sealed class RestorationTests
{
    private const string Nat = """{"id":"nat-1","subnet_id":"subnet-a","tags":{"Name":"blog"},"secondary":null,"public_ip":"1.2.3.4"}""";
    private const string NewNat = """{"subnet_id":"subnet-a","tags":{"Name":"blog"},"secondary":[]}""";
    private const string Unknown = """{"id":true,"public_ip":true}""";

    private static readonly string[] Parking =
    [
        Change("aws_ecs_service.x", "update", Service, ParkedService),
        Change("aws_nat_gateway.n", "delete", Nat, members: "\"action_reason\":\"delete_because_count_index\""),
        Change("aws_lb_listener_rule.parked", "create", after: """{"action":[{"type":"fixed-response"}]}"""),
    ];

    private static readonly string RuleGoes = Change("aws_lb_listener_rule.parked", "delete", """{"action":[{"type":"fixed-response"}]}""", members: "\"action_reason\":\"delete_because_count_index\"");

    [Fact]
    public async Task Exactly_what_was_there_comes_back_without_asking_anybody() =>
        Assert.Equal("", await Unparking(Change("aws_ecs_service.x", "update", ParkedService, Service), Change("aws_nat_gateway.n", "create", after: NewNat, unknown: Unknown), RuleGoes));

    [Fact]
    public async Task A_size_that_was_edited_while_parked_is_held() =>
        Assert.Equal("hold SB3353", await Unparking(
            Change("aws_ecs_service.x", "update", ParkedService, Service.Replace(":1,", ":3,", StringComparison.Ordinal)),
            Change("aws_nat_gateway.n", "create", after: NewNat, unknown: Unknown),
            RuleGoes));

    [Fact]
    public async Task An_attribute_of_what_is_made_again_is_compared_too() =>
        Assert.Equal("hold SB3353", await Unparking(
            Change("aws_ecs_service.x", "update", ParkedService, Service),
            Change("aws_nat_gateway.n", "create", after: NewNat.Replace("subnet-a", "subnet-b", StringComparison.Ordinal), unknown: Unknown),
            RuleGoes));

    [Fact]
    public async Task What_does_not_come_back_at_all_is_held() =>
        Assert.Equal("hold SB3353, hold SB3353", await Unparking(Change("aws_ecs_service.x", "no-op", ParkedService, ParkedService), RuleGoes));

    [Fact]
    public async Task What_was_not_there_before_is_held() =>
        Assert.Equal("hold SB3354, hold SB3354", await Unparking(
            Change("aws_ecs_service.x", "update", ParkedService, Service),
            Change("aws_ecs_service.y", "update", ParkedService, Service),
            Change("aws_nat_gateway.n", "create", after: NewNat, unknown: Unknown),
            Change("aws_nat_gateway.other", "create", after: NewNat, unknown: Unknown),
            RuleGoes));

    [Fact]
    public async Task What_an_interrupted_unpark_brought_back_already_is_there() =>
        Assert.Equal("", await Unparking(Change("aws_ecs_service.x", "no-op", Service, Service), Change("aws_nat_gateway.n", "no-op", Nat, Nat)));

    [Fact]
    public async Task Without_a_record_a_person_must_look()
    {
        var reading = await Reading(Unpark(remembered: null), [Change("aws_ecs_service.x", "update", ParkedService, Service)]);

        Assert.Equal("hold SB3354", Said(reading));
    }

    [Fact]
    public async Task An_image_that_rides_along_is_denied() =>
        Assert.Equal("deny SB3350", await Unparking(
            Change("aws_ecs_service.x", "update", ParkedService, Service.Replace("arn:t:1", "arn:t:2", StringComparison.Ordinal)),
            Change("aws_nat_gateway.n", "create", after: NewNat, unknown: Unknown),
            RuleGoes));

    [Fact]
    public async Task The_record_holds_no_value_of_what_was_removed()
    {
        var record = await Parked(Parking);

        Assert.DoesNotContain("subnet-a", record.ToJson(), StringComparison.Ordinal);
        Assert.Equal(record.ToJson(), MovementRecord.FromJson(record.ToJson())!.ToJson());
    }

    [Fact]
    public async Task A_second_attempt_does_not_overwrite_what_the_first_one_found()
    {
        var first = await Parked(Change("aws_ecs_service.x", "update", Service, ParkedService));
        var second = await Parked(Change("aws_ecs_service.x", "update", Service.Replace(":1,", ":2,", StringComparison.Ordinal), ParkedService), Parking[1]);

        var both = second.After(first);

        Assert.Equal("1", Assert.Single(both.Values).Before);
        Assert.Equal("aws_nat_gateway.n", Assert.Single(both.Removed).Address);
    }

    private static async Task<string> Unparking(params string[] changes) => Said(await Reading(Unpark(await Parked(Parking)), changes));
}
