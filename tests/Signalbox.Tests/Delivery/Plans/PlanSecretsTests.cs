using Signalbox.Delivery.Plans;
using Xunit;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Plans;

/// <summary>Sensitive values reach no rendering, wherever a plan hides them.</summary>
public sealed class PlanSecretsTests
{
    private const string Everywhere = """
        "variables":{"token":{"value":"planted-in-a-variable"},"colour":{"value":"harmless"}},
        "output_changes":{"connection":{"actions":["update"],"before":"planted-old-output","after":"planted-new-output",
                                        "after_unknown":false,"before_sensitive":true,"after_sensitive":true}},
        "prior_state":{"values":{"root_module":{"resources":[],"child_modules":[{"child_modules":[{"resources":[
          {"address":"module.a.module.b.data.aws_secretsmanager_secret_version.x","mode":"data","type":"aws_secretsmanager_secret_version",
           "values":{"id":"x","secret_string":"{\"username\":\"planted-user\",\"inner\":{\"password\":\"planted-in-json\"}}"},
           "sensitive_values":{"secret_string":true}}]}]}]}}}
        """;

    [Fact]
    public async Task A_planted_secret_is_known_and_never_shown()
    {
        var plan = Plan(
            [
                Change(
                    "aws_x.nested", "update",
                    """{"list":[{"key":"planted-nested-old"}],"echo":"url://planted-in-a-variable@host"}""",
                    """{"list":[{"key":"planted-nested-new"}],"echo":"nothing secret here","copy":"planted-in-json"}""",
                    beforeMask: """{"list":[{"key":true}]}""", afterMask: """{"list":[{"key":true}]}"""),
                Change(
                    "aws_x.tainted", "delete create",
                    """{"name":"planted-name","block":{"deep":"planted-in-a-block"}}""", """{"name":"planted-name"}""",
                    """{"block":true}""", """{"name":true,"block":{"deep":true}}""", """{"name":true}""",
                    "\"action_reason\":\"replace_because_tainted\""),
                Change(
                    "aws_x.moved", "no-op", """{"key":"planted-and-moved"}""", """{"key":"planted-and-moved"}""",
                    beforeMask: """{"key":true}""", afterMask: """{"key":true}""", members: "\"previous_address\":\"aws_x.before\""),
                Change(
                    "aws_ecs_task_definition.web", "create",
                    after: """{"family":"web","container_definitions":"[{\"name\":\"web\",\"image\":\"planted-in-a-variable:latest\"}]"}"""),
            ],
            Everywhere).Replace(
                """{"root_module":{}}""",
                """{"root_module":{"variables":{"token":{"sensitive":true,"default":"planted-default"},"colour":{}}}}""", StringComparison.Ordinal);

        var reading = await Read(plan);

        Assert.All(Renderings(reading), rendering => Assert.DoesNotContain("planted", rendering, StringComparison.Ordinal));
        string[] planted =
        [
            "planted-and-moved", "planted-default", "planted-in-a-block", "planted-in-a-variable", "planted-in-json", "planted-name",
            "planted-nested-new", "planted-nested-old", "planted-new-output", "planted-old-output", "planted-user",
        ];
        Assert.Equal(planted, reading.SensitiveValues.Where(value => value.StartsWith("planted", StringComparison.Ordinal)));
        Assert.DoesNotContain("harmless", reading.SensitiveValues);
        Assert.DoesNotContain("planted", $"{reading}{reading.Outputs}{reading.Summary}{reading.Findings}", StringComparison.Ordinal);
        Assert.Contains(reading.Findings, finding => finding.Message.Contains("(sensitive)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_real_plan_hides_its_sensitive_variable()
    {
        var reading = await Read(Sample("terraform-data.json"));

        Assert.Contains("planted-variable-secret", reading.SensitiveValues);
        Assert.All(Renderings(reading), rendering => Assert.DoesNotContain("planted", rendering, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_sensitive_variable_of_a_container_does_not_hide_the_other_words_of_its_definition()
    {
        var containers = """[{"name":"web-server","image":"r/app:1.2.3","environment":[{"name":"TOKEN","value":"planted-token"}]}]""";
        var json = System.Text.Json.JsonSerializer.Serialize(containers);
        var reading = await Read(Plan(
        [
            Change("aws_ecs_task_definition.web", "create", after: $$"""{"container_definitions":{{json}}}""", afterMask: """{"container_definitions":true}"""),
            Change("aws_x.y", "update", """{"name":"a"}""", """{"name":"web-server"}"""),
        ]));

        Assert.Contains("planted-token", reading.SensitiveValues);
        Assert.DoesNotContain("web-server", reading.SensitiveValues);
    }

    [Fact]
    public async Task A_short_secret_hides_only_values_that_are_exactly_it()
    {
        var reading = await Read(Plan([Change(
            "aws_x.y", "update", """{"pin":"prod","a":"x","b":"y"}""", """{"pin":"prod","a":"prod","b":"production"}""",
            beforeMask: """{"pin":true}""", afterMask: """{"pin":true}""")]));

        var attributes = Assert.Single(reading.Summary.Changes).Attributes;
        Assert.Equal(new PlanValue.Sensitive(), attributes.Single(attribute => attribute.Path == "a").New);
        Assert.Equal(new PlanValue.Shown("\"production\""), attributes.Single(attribute => attribute.Path == "b").New);
    }
}
