using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Xunit;

namespace Signalbox.Tests.Delivery.Plans;

public sealed class ApprovedPlanTests
{
    public static TheoryData<string, string[]> Refusals => new()
    {
        { "SB3211", ["prod", "staging"] },
        { "SB3212", ["sandbox", "aws"] },
        { "SB3213", ["123456789012", "999999999999"] },
        { "SB3214", ["cccccccccccc", "dddddddddddd"] },
        { "SB3215", ["changed infra/main.tf"] },
        { "SB3216", ["Terraform 1.11.4", "Terraform 1.12.0"] },
        { "SB3217", ["aws 5.100.0", "aws 5.99.1"] },
        { "SB3219", ["2026-11-25 12:00:00Z", "2026-11-25 12:00:01Z"] },
        { "SB3221", ["s3://state/prod", "s3://elsewhere/prod"] },
    };

    [Fact]
    public void An_approved_plan_in_its_own_circumstances_may_be_applied()
    {
        var plan = Sample.Opened(Sample.Manifest);

        var approved = Sample.Value(ApprovedPlan.Bind(plan, Sample.ApprovalOf(plan), Sample.Circumstances));

        Assert.Same(plan, approved.Plan);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Each_difference_is_refused_with_both_values(string code, string[] values)
    {
        var plan = Sample.Opened(Sample.Manifest);

        var problem = Assert.Single(Sample.Problems(ApprovedPlan.Bind(plan, Sample.ApprovalOf(plan), Differing(code))));

        Assert.Equal(code, problem.Rule.Code);
        Assert.All(values, value => Assert.Contains(value, problem.Message, StringComparison.Ordinal));
        Assert.NotNull(problem.Hint);
    }

    [Fact]
    public void Every_reason_is_given_at_once()
    {
        var plan = Sample.Opened(Sample.Manifest with { Verdict = "deny" });
        var elsewhere = Sample.Circumstances with { Environment = "staging", Commit = null, Now = Sample.Noon.AddDays(9) };

        var codes = Sample.Problems(ApprovedPlan.Bind(plan, approval: null, elsewhere)).Select(problem => problem.Rule.Code);

        Assert.Equal("SB3211 SB3214 SB3218 SB3219 SB3220", string.Join(' ', codes));
    }

    [Fact]
    public void An_approval_of_another_digest_counts_for_nothing()
    {
        var plan = Sample.Opened(Sample.Manifest);
        var other = Sample.Opened(Sample.Manifest);

        var problem = Assert.Single(Sample.Problems(ApprovedPlan.Bind(plan, Sample.ApprovalOf(other), Sample.Circumstances)));

        Assert.Equal(ApplyRules.OtherDigest, problem.Rule);
        Assert.Contains(plan.Digest.Hex, problem.Message, StringComparison.Ordinal);
        Assert.Contains(other.Digest.Hex, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_approval_is_required_none_is_missed()
    {
        var plan = Sample.Opened(Sample.Manifest);

        Assert.True(ApprovedPlan.Bind(plan, approval: null, Sample.Circumstances with { ApprovalRequired = false }).Succeeded(out _, out _));
    }

    private static ApplyCircumstances Differing(string code)
    {
        var now = Sample.Circumstances;
        return code switch
        {
            "SB3211" => now with { Environment = "staging" },
            "SB3212" => now with { Target = Target.Aws },
            "SB3213" => now with { Account = "999999999999" },
            "SB3214" => now with { Commit = new string('d', 40) },
            "SB3215" => now with { Configuration = now.Configuration with { Inputs = new PlanInputs([Sample.Inputs.Files[0] with { Sha256 = new string('f', 64) }, Sample.Inputs.Files[1]]) } },
            "SB3216" => now with { Terraform = new ToolVersion("Terraform", "1.12.0") },
            "SB3217" => now with { Configuration = now.Configuration with { Providers = [new ToolVersion("registry.terraform.io/hashicorp/aws", "5.99.1")] } },
            "SB3219" => now with { Now = Sample.Noon.AddHours(24).AddSeconds(1) },
            "SB3221" => now with { Configuration = now.Configuration with { Backend = "s3://elsewhere/prod" } },
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, message: null),
        };
    }
}
