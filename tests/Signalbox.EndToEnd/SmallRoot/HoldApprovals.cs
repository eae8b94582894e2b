using System.Text.Json;
using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>Who approved the pipeline's hold job, read from a server that answers as CircleCI's API v2 does.</summary>
public sealed class HoldApprovals(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string Run = "5034460f-c7c4-4c43-9457-de07e2029e7b";
    private const string Person = "7e3a2b1c-0d9e-4f8a-9b6c-5d4e3f2a1b0c";

    [Fact]
    public async Task The_person_of_the_hold_job_is_the_approver_and_only_for_the_plan_of_that_run()
    {
        await repository.Write("signalbox.yml", SmallRepository.Settings + "    approval: { strength: hold }\n");
        await repository.Commit("a hold is needed");
        using var circleCi = new FakeCircleCi();
        var plan = Path.Combine(repository.Folder, ".signalbox", "held.plan");

        var planned = await In(Run, circleCi, "plan", "small", "--out", plan);
        circleCi.Says($"/api/v2/workflow/{Run}/job", Job("on_hold", approvedBy: null));
        var held = await In(Run, circleCi, "apply", "small", plan);
        var named = await In(Run, circleCi, "apply", "small", plan, "--approved-by", "octocat");
        circleCi.Says($"/api/v2/workflow/{Run}/job", Job("success", Person));
        circleCi.Says($"/api/v2/user/{Person}", """{"login":"octocat","name":"Octo Cat","id":"7e3a2b1c-0d9e-4f8a-9b6c-5d4e3f2a1b0c"}""");
        var other = "11111111-c7c4-4c43-9457-de07e2029e7b";
        circleCi.Says($"/api/v2/workflow/{other}/job", Job("success", Person));
        var elsewhere = await In(other, circleCi, "apply", "small", plan);
        var applied = await In(Run, circleCi, "apply", "small", plan);

        Assert.True(planned.Code is 0, planned.ToString());
        Assert.True(held.Code is 3, held.ToString());
        Assert.True(named.Code is 3, named.ToString()); // a typed name is no hold
        Assert.True(elsewhere.Code is 3, elsewhere.ToString());
        Assert.True(applied.Code is 0, applied.ToString());
        var approved = Assert.Single(Register(), entry => Text(entry, "kind") == "approved");
        Assert.Equal(("octocat", "hold", Run), (Text(approved.GetProperty("actor"), "name"), Text(approved.GetProperty("actor"), "evidence"), Text(approved, "run")));
        Assert.Equal(0, (await repository.Signalbox("register", "verify")).Code);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_approves_nothing_and_is_named()
    {
        await repository.Write("signalbox.yml", SmallRepository.Settings + "    approval: { strength: hold }\n");
        await repository.Commit("a hold is needed");
        var plan = Path.Combine(repository.Folder, ".signalbox", "silent.plan");
        string address;
        using (var circleCi = new FakeCircleCi())
        {
            address = circleCi.Address;
            Assert.Equal(0, (await In(Run, circleCi, "plan", "small", "--out", plan)).Code);
        }

        var ending = await repository.SignalboxWith([("CIRCLE_WORKFLOW_ID", Run), ("SIGNALBOX_API_URL", address), ("CIRCLE_TOKEN", FakeCircleCi.Token)], "apply", "small", plan);

        Assert.True(ending.Code is 3, ending.ToString());
        Assert.Contains($"warning[SB3455]: {address} does not say who approved", ending.Conversation, StringComparison.Ordinal);
    }

    private Task<Ending> In(string run, FakeCircleCi circleCi, params string[] command) => repository.SignalboxWith(
        [("CIRCLE_WORKFLOW_ID", run), ("CIRCLE_JOB", "terraform-prod-apply"), ("SIGNALBOX_API_URL", circleCi.Address), ("CIRCLE_TOKEN", FakeCircleCi.Token)], command);

    private static string Job(string status, string? approvedBy) => $$"""
        {"next_page_token":null,"items":[
          {"id":"1","type":"build","status":"success","name":"terraform-prod-plan"},
          {"id":"2","type":"approval","status":"{{status}}","name":"approve-terraform-prod"{{(approvedBy is null ? "" : $",\"approved_by\":\"{approvedBy}\"")}}}]}
        """;

    private JsonElement[] Register() =>
        [.. File.ReadLines(Path.Combine(repository.Folder, ".signalbox", "register.ndjson")).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string? Text(JsonElement holder, string name) => holder.TryGetProperty(name, out var value) ? value.GetString() : null;
}
