using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Terraform;
using Signalbox.Processes;
using Xunit;

namespace Signalbox.Tests.Delivery.Terraform;

public sealed class TerraformEventsTests
{
    private readonly TerraformEvents _events = new(new TerraformDiagnostics("/nowhere", "/nowhere", Target.Sandbox, () => Redactor.Of(["hunter2!"])));

    [Fact]
    public void A_finished_change_has_its_address_duration_and_identifier()
    {
        var happened = _events.Parse("""{"@level":"info","@message":"x","hook":{"resource":{"addr":"module.a.aws_eip.nat[0]"},"action":"create","id_key":"id","id_value":"eipalloc-1","elapsed_seconds":12},"type":"apply_complete"}""");

        Assert.Equal(new TerraformEvent.Completed("module.a.aws_eip.nat[0]", "create", TimeSpan.FromSeconds(12), "eipalloc-1"), happened);
    }

    [Fact]
    public void The_reading_of_a_data_source_is_no_change() =>
        Assert.Null(_events.Parse("""{"hook":{"resource":{"addr":"data.x.y"},"action":"read","elapsed_seconds":0},"type":"apply_complete"}"""));

    [Fact]
    public void A_sensitive_output_has_no_value()
    {
        var outputs = Assert.IsType<TerraformEvent.Outputs>(_events.Parse("""{"type":"outputs","outputs":{"a":{"sensitive":false,"type":"string","value":"x"},"b":{"sensitive":true,"type":"string","value":"hunter2!"}}}"""));

        Assert.Equal([new OutputValue("a", "\"x\"", IsSensitive: false), new OutputValue("b", Value: null, IsSensitive: true)], outputs.Values);
    }

    [Fact]
    public void A_lock_that_is_held_names_the_holder()
    {
        var detail = "Error message: operation error S3: PutObject, https response error StatusCode: 412\\nLock Info:\\n  ID:        79d20143\\n  Path:      bucket/key\\n  Operation: OperationTypeApply\\n  Who:       ada@desk\\n  Version:   1.11.4\\n  Created:   2026-11-23 06:14:01 UTC\\n  Info:      \\n";
        var problem = Problem("""{"type":"diagnostic","diagnostic":{"severity":"error","summary":"Error acquiring the state lock","detail":"DETAIL"}}""".Replace("DETAIL", detail, StringComparison.Ordinal));

        Assert.Equal("SB4007", problem.Rule.Code);
        Assert.Equal("another Terraform holds the state lock: ada@desk since 2026-11-23 06:14:01 UTC, doing OperationTypeApply (lock 79d20143)", problem.Message);
    }

    [Fact]
    public void A_secret_in_an_error_is_hidden() =>
        Assert.DoesNotContain("hunter2!", Problem("""{"type":"diagnostic","diagnostic":{"severity":"error","summary":"bad","detail":"the password hunter2! is wrong"}}""").Message, StringComparison.Ordinal);

    [Fact]
    public void A_dead_endpoint_is_told_apart_with_the_command_that_mends_it()
    {
        var problem = Problem("""{"type":"diagnostic","diagnostic":{"severity":"error","summary":"creating thing","detail":"dial tcp 127.0.0.1:5000: connect: connection refused"}}""");

        Assert.Equal("SB4010", problem.Rule.Code);
        Assert.Contains("signalbox sandbox up", problem.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"type":"something_new"}""")]
    public void What_is_not_understood_is_passed_over(string line) => Assert.Null(_events.Parse(line));

    private Signalbox.Diagnostics.Diagnostic Problem(string line) =>
        Assert.IsType<TerraformEvent.Reported>(_events.Parse(line)).Diagnostic;
}
