using System.Text.Json;
using Xunit;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Guard;

public sealed class PermissionTests
{
    [Theory]
    [InlineData("aws_iam_role", """{"name":"x"}""", "hold SB3140")]
    [InlineData("aws_lambda_permission", """{"principal":"s3.amazonaws.com"}""", "hold SB3140")]
    [InlineData("aws_lambda_permission", """{"principal":"*"}""", "hold SB3140, hold SB3141")]
    [InlineData("aws_iam_role_policy_attachment", """{"policy_arn":"arn:aws:iam::aws:policy/AdministratorAccess"}""", "hold SB3140, hold SB3141")]
    [InlineData("google_project_iam_member", "{}", "hold SB3140")]
    [InlineData("aws_ecs_service", "{}", "")]
    public async Task Permissions_are_held_and_far_reaching_ones_say_so(string type, string after, string expected) =>
        Assert.Equal(expected, await GuardAnswers.ToCreate(type, after));

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Allow","Action":["s3:Get","*:*"],"Resource":["*"]}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:b/*"}""", true)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject","Resource":"arn:b/*"}""", true)]
    [InlineData("""{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}""", false)]
    public async Task A_policy_is_read(string statement, bool reachesFar)
    {
        var policy = JsonSerializer.Serialize($$"""{"Version":"2012-10-17","Statement":{{statement}}}""");
        var answer = await GuardAnswers.ToCreate("aws_s3_bucket_policy", $$"""{"policy":{{policy}}}""");

        Assert.Equal(reachesFar ? "hold SB3140, hold SB3141" : "hold SB3140", answer);
        Assert.Equal("hold SB3140", await GuardAnswers.ToUpdate("aws_s3_bucket_policy", $$"""{"policy":{{policy}}}""", $$"""{"policy":{{policy}},"bucket":"b"}"""));
    }

    [Fact]
    public async Task Tags_of_a_role_are_not_permissions() =>
        Assert.Equal("", await GuardAnswers.To(Change("aws_iam_role.x", "update", """{"tags":{"a":"1"}}""", """{"tags":{"a":"2"}}""")));
}
