using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.Prod;

/// <summary>The real environment: real Terraform, the real AWS provider, the documented wrapper, an emulated account.</summary>
[Collection(AppliedOnce.Name)]
public sealed class ProdDelivery(AppliedEnvironment environment)
{
    [Fact]
    public void The_first_plan_creates_everything_and_is_held_for_a_person()
    {
        Assert.Contains("module.prefect", environment.FirstPlan.Answer, StringComparison.Ordinal);
        Assert.Matches(@"guard +hold", environment.FirstPlan.Answer);
        Assert.Matches(@"applied [0-9a-f]{12} in .*: \d{3} added, 0 changed, 0 removed", environment.FirstApply.Answer);
        Assert.Contains("endpoints", environment.FirstApply.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_plan_is_empty()
    {
        await environment.Reset();

        var ending = Must(await environment.Wrapper("plan"));

        Assert.StartsWith("No changes.", ending.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_put_by_its_owner_changes_the_login_rules_only_and_is_never_shown()
    {
        var secret = $"kinde-{Guid.NewGuid():N}"; // made here, or the clone of these sources would hold it
        await environment.Reset();
        await environment.Shell($$"""aws secretsmanager put-secret-value --secret-id blog-infra/kinde/oidc --secret-string '{"client_id":"portal-client","client_secret":"{{secret}}"}'""");

        var planned = Must(await environment.Signalbox("plan", "prod", "--markdown", "plan.md", "--sarif", "plan.sarif"));
        var asJson = Must(await environment.Signalbox("plan", "prod", "--json"));
        var applied = Must(await environment.Wrapper("apply"));

        Assert.Contains("aws_lb_listener_rule", planned.Answer, StringComparison.Ordinal);
        Assert.Matches("0 added, 2 changed, 0 removed", applied.Answer);
        Assert.DoesNotContain(secret, planned.All + asJson.All + applied.All, StringComparison.Ordinal);
        Assert.Empty(await PublishedProgram.FilesHolding(secret, environment.Folder));
    }
}
