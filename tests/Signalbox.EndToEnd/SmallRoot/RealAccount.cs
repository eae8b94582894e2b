using System.Text.Json;
using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>The target `aws`, with an endpoint that answers as AWS does: whose credentials these are is asked first.</summary>
public sealed class RealAccount(SmallRepository repository) : IClassFixture<SmallRepository>
{
    [Fact]
    public async Task A_plan_for_aws_is_not_for_the_sandbox()
    {
        var plan = Path.Combine(repository.Folder, ".signalbox", "aws.plan");

        var planned = await repository.SignalboxWith(await Endpoint(), "plan", "small", "--target", "aws", "--var", "password=only-for-aws", "--out", plan);
        var applied = await repository.Signalbox("apply", "small", plan, "--approved-by", "ada");

        Assert.True(planned.Code is 0, planned.ToString());
        Assert.Contains("small in aws (account 123456789012)", planned.Answer, StringComparison.Ordinal);
        Assert.True(applied.Code is 1, applied.ToString());
        Assert.Contains("[SB3212]", applied.Conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_of_another_account_are_refused_before_anything_is_planned()
    {
        await repository.Write("signalbox.yml", SmallRepository.Settings.Replace("aws: {}", "aws: { account: \"999999999999\" }", StringComparison.Ordinal));

        var ending = await repository.SignalboxWith(await Endpoint(), "plan", "small", "--target", "aws");
        await repository.Write("signalbox.yml", SmallRepository.Settings);

        Assert.True(ending.Code is 1, ending.ToString());
        Assert.Contains("[SB5002]", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("999999999999", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("123456789012", ending.Conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workspace_that_would_not_be_heeded_is_refused_and_in_the_sandbox_said()
    {
        var real = await repository.SignalboxWith([.. await Endpoint(), ("TF_WORKSPACE", "staging")], "plan", "small", "--target", "aws");
        var sandbox = await repository.SignalboxWith([("TF_WORKSPACE", "staging")], "plan", "small");

        Assert.True(real.Code is 1, real.ToString());
        Assert.Contains("error[SB4013]: `TF_WORKSPACE` selects `staging`", real.Conversation, StringComparison.Ordinal);
        Assert.True(sandbox.Code is 0, sandbox.ToString());
        Assert.Contains("note: `TF_WORKSPACE` selects `staging`", sandbox.Conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_the_account_cannot_be_reached()
    {
        var ending = await repository.SignalboxWith(
            [("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_CONFIG_FILE", "/dev/null"), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"), ("AWS_REGION", "eu-west-2"), ("AWS_ENDPOINT_URL", "http://127.0.0.1:9")],
            "plan", "small", "--target", "aws");

        Assert.True(ending.Code is 1, ending.ToString());
        Assert.Contains("error[SB5001]: AWS does not say whose credentials these are: The environment variables AWS_ACCESS_KEY_ID", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("; Unable to find the \"default\" profile;", ending.Conversation, StringComparison.Ordinal);
    }

    private async Task<(string Name, string? Value)[]> Endpoint()
    {
        using var status = JsonDocument.Parse((await repository.Signalbox("sandbox", "status", "--json")).Answer);
        return
        [
            ("AWS_ENDPOINT_URL", status.RootElement.GetProperty("endpoint").GetString()),
            ("AWS_ACCESS_KEY_ID", "somebody"),
            ("AWS_SECRET_ACCESS_KEY", "nobodys-secret"),
            ("AWS_REGION", "eu-west-2"),
            ("AWS_CA_BUNDLE", null),
        ];
    }
}
