using Signalbox.Delivery.Guard;
using Xunit;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Guard;

public sealed class StatefulLossTests
{
    [Theory]
    [InlineData("aws_rds_cluster", "delete", "deny SB3101")]
    [InlineData("aws_s3_bucket", "delete create", "deny SB3102")]
    [InlineData("aws_kms_key", "create delete", "deny SB3102")]
    [InlineData("aws_ecr_repository", "forget", "deny SB3103")]
    [InlineData("aws_dynamodb_table", "create forget", "deny SB3103")]
    [InlineData("aws_cloudwatch_log_group", "delete", "deny SB3101")]
    [InlineData("google_sql_database_instance", "delete", "deny SB3101")]
    [InlineData("aws_ecs_service", "delete", "hold SB3104")]
    [InlineData("aws_instance", "delete create", "hold SB3105")]
    [InlineData("aws_lb", "forget", "hold SB3106")]
    [InlineData("aws_iam_role", "delete", "hold SB3104, hold SB3140")]
    [InlineData("aws_rds_cluster", "create", "")]
    [InlineData("aws_rds_cluster", "no-op", "")]
    public async Task Loss_is_judged_by_what_is_lost(string type, string actions, string expected) =>
        Assert.Equal(expected, await GuardAnswers.To(Change($"{type}.this", actions, "{}", "{}")));

    [Fact]
    public async Task A_block_taken_out_of_the_configuration_is_caught_and_named_as_such()
    {
        var reading = await Read(Plan([Change("module.a.aws_rds_cluster.x", "delete", "{}", members: "\"action_reason\":\"delete_because_no_resource_config\"")]));

        var finding = Assert.Single(reading.Findings);
        Assert.Equal(Judgement.Deny, finding.Judgement);
        Assert.Contains("because it is no longer in the configuration", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leftover_of_a_replacement_still_holds_data() =>
        Assert.Equal("deny SB3101", await GuardAnswers.To(Change("aws_db_instance.x", "delete", "{}", members: "\"deposed\":\"12ab34cd\"")));

    [Theory]
    [InlineData("module.db", "module.db.aws_thing.x", "deny SB3101")]
    [InlineData("module.db", "module.db[0].aws_thing.x", "deny SB3101")]
    [InlineData("module.db", "module.dbx.aws_thing.x", "hold SB3104")]
    [InlineData("aws_thing.x", "aws_thing.x[\"a\"]", "deny SB3101")]
    [InlineData("aws_thing.was", "aws_thing.now", "deny SB3101")]
    public async Task Addresses_of_the_policy_cover_what_is_below_them(string protectedAddress, string address, string expected)
    {
        var policy = new GuardPolicy { StatefulAddresses = [protectedAddress] };

        Assert.Equal(expected, await GuardAnswers.To(Change(address, "delete", "{}", members: "\"previous_address\":\"aws_thing.was\""), policy));
    }

    [Fact]
    public async Task Types_of_the_policy_are_stateful_too() =>
        Assert.Equal("deny SB3101", await GuardAnswers.To(Change("my_thing.x", "delete", "{}"), new GuardPolicy { StatefulTypes = ["my_thing"] }));

    [Fact]
    public async Task A_plan_that_errored_is_denied_and_an_incomplete_one_held()
    {
        var errored = await Read(Plan([]).Replace("\"errored\":false", "\"errored\":true", StringComparison.Ordinal));
        var partial = await Read(Plan([]).Replace("\"complete\":true", "\"complete\":false", StringComparison.Ordinal));

        Assert.Equal("SB3160", Assert.Single(errored.Findings).Rule.Code);
        Assert.Equal(Judgement.Deny, errored.Findings.Verdict());
        Assert.Equal("SB3161", Assert.Single(partial.Findings).Rule.Code);
        Assert.Equal(Judgement.Hold, partial.Findings.Verdict());
        Assert.Null((await Read(Plan([]))).Findings.Verdict());
    }

    [Fact]
    public async Task The_strongest_finding_comes_first_then_the_address()
    {
        var reading = await Read(Plan(
        [
            Change("aws_lb.b", "delete", "{}"), Change("aws_rds_cluster.z", "delete", "{}"), Change("aws_lb.a", "delete", "{}"),
        ]));

        Assert.Equal(["aws_rds_cluster.z", "aws_lb.a", "aws_lb.b"], reading.Findings.Select(finding => finding.Address));
    }
}
