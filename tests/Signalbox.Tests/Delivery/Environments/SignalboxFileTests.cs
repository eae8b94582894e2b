using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Environments;

public sealed class SignalboxFileTests
{
    private const string Whole = """
        version: 1
        environments:
          prod:
            root: ./infra//envs/prod/
            targets:
              sandbox:
                variables: { account_id: "123456789012", Size: 007, parked: True, note: "True", none: "" }
              aws:
                account: "210987654321"
                region: eu-west-2
            var_files: [prod.tfvars, ../../shared.tfvars]
            inputs: [infra/lambda/**]
            plan: { expires_after: 7d }
            parking: { variable: asleep, output: is_asleep }
            guard:
              stateful:
                types: [aws_sqs_queue]
                addresses: [module.aurora, 'module.data["a.b]"].aws_s3_bucket.this[0]']
            approval: { required: false }
          rehearsal:
            root: infra/envs/prod
        """;

    [Fact]
    public void Everything_that_is_written_is_read()
    {
        var prod = Checkout.Read(Whole).Environments[0];

        Assert.Equal("prod", prod.Name.Text);
        Assert.Equal("infra/envs/prod", prod.RootFolder.Text);
        Assert.Equal("infra/envs/prod/prod.tfvars infra/shared.tfvars", string.Join(' ', prod.VariableFiles));
        Assert.Equal("infra/lambda/**", Assert.Single(prod.Inputs).Text);
        Assert.Equal(TimeSpan.FromDays(7), prod.PlanLifetime);
        Assert.Equal(new ParkingNames("asleep", "is_asleep"), prod.Parking);
        Assert.Equal(["aws_sqs_queue"], prod.Guard.StatefulTypes);
        Assert.Equal(["module.aurora", "module.data[\"a.b]\"].aws_s3_bucket.this[0]"], prod.Guard.StatefulAddresses);
        Assert.False(prod.Approval.Required);
        Assert.Equal((3, 3), prod.Place.Start);
    }

    [Fact]
    public void Variables_are_passed_as_written_and_only_booleans_are_respelt()
    {
        var settings = Settings(Checkout.Read(Whole).Environments[0], Target.Sandbox);

        ValueList<TerraformVariable> expected =
        [
            new("account_id", "123456789012"), new("Size", "007"), new("parked", "true"), new("note", "True"), new("none", ""),
        ];
        Assert.Equal(new TargetSettings(Target.Sandbox, null, null, expected), settings);
    }

    [Fact]
    public void What_is_not_written_has_its_default()
    {
        var rehearsal = Checkout.Read(Whole).Environments[1];

        Assert.Equal(TimeSpan.FromHours(24), rehearsal.PlanLifetime);
        Assert.Equal(new ParkingNames("parked", "parked"), rehearsal.Parking);
        Assert.True(rehearsal.Approval.Required);
        Assert.Empty(rehearsal.VariableFiles);
        Assert.Empty(rehearsal.Inputs);
        Assert.Empty(rehearsal.Guard.StatefulTypes);
        Assert.Equal(new TargetSettings(Target.Sandbox, null, null, []), Settings(rehearsal, Target.Sandbox));
    }

    [Fact]
    public void A_real_account_is_reached_only_when_the_file_declares_it()
    {
        var file = Checkout.Read(Whole);

        Assert.Equal(new TargetSettings(Target.Aws, "210987654321", "eu-west-2", []), Settings(file.Environments[0], Target.Aws));
        Assert.False(file.Environments[1].For(Target.Aws).Succeeded(out _, out var problems));
        Assert.Equal("SB3031", Assert.Single(problems).Rule.Code);
    }

    [Theory]
    [InlineData("prd", "did you mean `prod`?")]
    [InlineData("PROD", "did you mean `prod`?")]
    [InlineData("x", "its environments are `prod`, `rehearsal`")]
    public void An_unknown_environment_is_told_the_nearest_name(string name, string hint)
    {
        Assert.False(Checkout.Read(Whole).Find(name).Succeeded(out _, out var problems));

        Assert.Equal(("SB3017", hint), (problems[0].Rule.Code, problems[0].Hint));
    }

    [Fact]
    public void An_environment_is_found_by_its_name()
    {
        Assert.True(Checkout.Read(Whole).Find("rehearsal").Succeeded(out var found, out _));

        Assert.Equal("rehearsal", found.Name.Text);
    }

    [Theory]
    [InlineData("30m", 30)]
    [InlineData("24h", 24 * 60)]
    [InlineData("30d", 30 * 24 * 60)]
    public void A_lifetime_is_a_number_and_a_unit(string written, int minutes)
    {
        var file = Checkout.Read($"version: 1\nenvironments: {{ prod: {{ root: infra/envs/prod, plan: {{ expires_after: {written} }} }} }}");

        Assert.Equal(TimeSpan.FromMinutes(minutes), file.Environments[0].PlanLifetime);
    }

    [Theory]
    [InlineData("m")]
    [InlineData("-1h")]
    [InlineData("1.5h")]
    [InlineData("1 h")]
    [InlineData("9999999d")]
    [InlineData("1w")]
    [InlineData("١h")]
    public void Anything_else_is_no_lifetime(string written)
    {
        var outcome = Checkout.Parse($"version: 1\nenvironments: {{ prod: {{ root: infra/envs/prod, plan: {{ expires_after: \"{written}\" }} }} }}");

        Assert.False(outcome.Succeeded(out _, out var problems));
        Assert.Equal("SB3022", Assert.Single(problems).Rule.Code);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("prod-2", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz012345", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456", false)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("2a", false)]
    [InlineData("a_b", false)]
    [InlineData("a/b", false)]
    [InlineData("é", false)]
    [InlineData("a\n", false)]
    public void A_name_is_short_and_needs_no_quoting(string name, bool isAllowed) =>
        Assert.Equal(isAllowed, EnvironmentName.Parse(new SourceText("x", name), new Span(0, name.Length), name).Succeeded(out _, out _));

    private static TargetSettings Settings(DeclaredEnvironment environment, Target target)
    {
        Assert.True(environment.For(target).Succeeded(out var settings, out _));
        return settings;
    }
}
