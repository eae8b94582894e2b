using Xunit;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Guard;

public sealed class WorldOpeningTests
{
    private const string Ssh = """{"ingress":[{"protocol":"tcp","from_port":22,"to_port":22,"cidr_blocks":["0.0.0.0/0"],"ipv6_cidr_blocks":[]}]}""";

    [Theory]
    [InlineData("aws_security_group", Ssh, true)]
    [InlineData("aws_security_group", """{"ingress":[{"protocol":"tcp","from_port":22,"to_port":22,"cidr_blocks":["10.0.0.0/8"]}]}""", false)]
    [InlineData("aws_security_group", """{"egress":[{"protocol":"-1","cidr_blocks":["0.0.0.0/0"]}]}""", false)]
    [InlineData("aws_security_group_rule", """{"type":"ingress","protocol":"-1","from_port":0,"to_port":0,"ipv6_cidr_blocks":["::/0"]}""", true)]
    [InlineData("aws_security_group_rule", """{"type":"egress","protocol":"-1","cidr_blocks":["0.0.0.0/0"]}""", false)]
    [InlineData("aws_vpc_security_group_ingress_rule", """{"ip_protocol":"tcp","from_port":443,"to_port":443,"cidr_ipv4":"0.0.0.0/0"}""", true)]
    [InlineData("aws_vpc_security_group_ingress_rule", """{"ip_protocol":"-1","cidr_ipv6":"0::0/0"}""", true)]
    [InlineData("aws_vpc_security_group_ingress_rule", """{"ip_protocol":"tcp","from_port":443,"to_port":443,"cidr_ipv4":"128.0.0.0/1"}""", true)]
    [InlineData("aws_vpc_security_group_ingress_rule", """{"ip_protocol":"tcp","referenced_security_group_id":"sg-1"}""", false)]
    [InlineData("aws_network_acl_rule", """{"egress":false,"rule_action":"allow","protocol":"-1","cidr_block":"0.0.0.0/0"}""", true)]
    [InlineData("aws_network_acl_rule", """{"egress":false,"rule_action":"deny","protocol":"-1","cidr_block":"0.0.0.0/0"}""", false)]
    [InlineData("aws_network_acl", """{"ingress":[{"action":"allow","protocol":"6","from_port":22,"to_port":22,"cidr_block":"0.0.0.0/0"}]}""", true)]
    [InlineData("google_compute_firewall", """{"direction":"INGRESS","source_ranges":["0.0.0.0/0"],"allow":[{"protocol":"tcp","ports":["22"]}]}""", true)]
    public async Task An_opening_to_the_world_is_held_in_every_form(string type, string after, bool isHeld)
    {
        Assert.Equal(isHeld ? "hold SB3150" : "", await GuardAnswers.ToCreate(type, after));
        Assert.Equal("", await GuardAnswers.ToUpdate(type, after, $"{after[..^1]},\"description\":\"other\"}}"));
    }

    [Fact]
    public async Task Widening_is_held_and_narrowing_is_not()
    {
        var all = Ssh.Replace("\"from_port\":22,\"to_port\":22", "\"from_port\":0,\"to_port\":65535", StringComparison.Ordinal);

        Assert.Equal("hold SB3150", await GuardAnswers.ToUpdate("aws_security_group", Ssh, all));
        Assert.Equal("", await GuardAnswers.ToUpdate("aws_security_group", all, Ssh));
    }

    [Fact]
    public async Task Ranges_known_only_later_are_held()
    {
        Assert.Equal("hold SB3151", await GuardAnswers.ToCreate("aws_vpc_security_group_ingress_rule", """{"ip_protocol":"tcp"}""", """{"cidr_ipv4":true}"""));
        Assert.Equal("hold SB3151", await GuardAnswers.ToCreate("aws_security_group", """{"ingress":[{}]}""", """{"ingress":[{"cidr_blocks":true}]}"""));
        Assert.Equal("hold SB3151", await GuardAnswers.ToUpdate("aws_security_group", Ssh, "{}", """{"ingress":true}"""));
        Assert.Equal("", await GuardAnswers.ToCreate("aws_security_group", "{}", """{"ingress":true}"""));
    }

    [Theory]
    [InlineData("aws_db_instance", """{"publicly_accessible":true}""", "hold SB3152")]
    [InlineData("aws_s3_bucket_public_access_block", """{"block_public_acls":false}""", "hold SB3152")]
    [InlineData("aws_s3_bucket_public_access_block", """{"block_public_acls":true}""", "")]
    [InlineData("aws_lambda_function_url", """{"authorization_type":"NONE"}""", "hold SB3152")]
    public async Task What_becomes_public_is_held(string type, string after, string expected) =>
        Assert.Equal(expected, await GuardAnswers.ToCreate(type, after));

    [Fact]
    public async Task Removing_a_public_access_block_is_held_for_both_reasons() =>
        Assert.Equal("hold SB3104, hold SB3152", await GuardAnswers.To(Change("aws_s3_bucket_public_access_block.x", "delete", "{}")));
}
