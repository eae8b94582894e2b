using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Signalbox.CircleCi.Api;
using Signalbox.CircleCi.Execution.Runs;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>CircleCI's API v2, asked over real HTTP.</summary>
public sealed class ApiTests
{
    private const string Project = "/api/v2/project/gh/lever/frame";

    [Fact]
    public async Task A_pipeline_is_started_held_approved_and_looked_at_as_on_the_service()
    {
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Build("plan", "layer"), Graph.Hold("hold", Graph.On("plan")), Graph.Build("apply", "ok", Graph.On("hold"))));

        var workflow = await served.StartPipeline();
        await served.Until(workflow, "on_hold");
        var hold = await served.Job(workflow, "hold");
        Assert.Equal(("approval", "on_hold"), (hold.GetProperty("type").GetString(), hold.GetProperty("status").GetString()));
        Assert.False(hold.TryGetProperty("approved_by", out _));
        Assert.Equal((await served.Job(workflow, "plan")).GetProperty("id").GetString(), hold.GetProperty("dependencies")[0].GetString());

        await served.Post($"/api/v2/workflow/{workflow}/approve/{hold.GetProperty("approval_request_id").GetString()}");
        var over = await served.Until(workflow, "success");

        Assert.Equal("gh/lever/frame", over.GetProperty("project_slug").GetString());
        Assert.NotEqual(JsonValueKind.Null, over.GetProperty("stopped_at").ValueKind);
        var approver = (await served.Job(workflow, "hold")).GetProperty("approved_by").GetString();
        Assert.Equal("ada", (await served.Get($"/api/v2/user/{approver}")).GetProperty("login").GetString());
        Assert.Equal(approver, (await served.Get("/api/v2/me")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_job_is_asked_for_by_its_number_with_what_it_left()
    {
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Build("plan", "layer")));
        var workflow = await served.StartPipeline();
        await served.Until(workflow, "success");
        var number = (await served.Job(workflow, "plan")).GetProperty("job_number").GetInt32();

        var job = await served.Get($"{Project}/job/{number}");
        Assert.Equal("plan", job.GetProperty("name").GetString());
        Assert.Equal(workflow, job.GetProperty("latest_workflow").GetProperty("id").GetString());
        Assert.Equal("success", job.GetProperty("parallel_runs")[0].GetProperty("status").GetString());
        Assert.Equal("summary.txt", (await served.Get($"{Project}/{number}/artifacts")).GetProperty("items")[0].GetProperty("path").GetString());
        Assert.Equal(0, (await served.Get($"{Project}/{number}/tests")).GetProperty("items").GetArrayLength());

        var step = (await served.Get($"/api/v1.1/project/gh/lever/frame/{number}")).GetProperty("steps")[0];
        Assert.Equal("layer", step.GetProperty("name").GetString());
        Assert.EndsWith($"/{number}/output/0/0", step.GetProperty("actions")[0].GetProperty("output_url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_step_printed_and_an_artifact_s_bytes_are_served()
    {
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Build("plan", "layer")));
        var workflow = await served.StartPipeline();
        await served.Until(workflow, "success");
        var run = await served.Engine.Engine.Journal.Load(RunId.Parse(workflow)!, RunningEngine.Cancellation);
        var log = run!["plan"].Nodes[0].Steps[0].LogFile;
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        await File.WriteAllTextAsync(log, "No changes.\n", RunningEngine.Cancellation);

        var output = await served.Get($"/api/v1.1/project/gh/lever/frame/{run["plan"].Number}/output/0/0");

        Assert.Equal("No changes.\n", output[0].GetProperty("message").GetString());
        using var missing = await served.Http.GetAsync($"/output/job/{RunId.Parse(workflow)!.OfJob("plan"):D}/artifacts/0/summary.txt", RunningEngine.Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode); // the file of this test lies nowhere
    }

    [Fact]
    public async Task A_workflow_is_canceled_and_rerun()
    {
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Build("quick"), Graph.Hold("hold", Graph.On("quick"))));
        var workflow = await served.StartPipeline();
        await served.Until(workflow, "on_hold");

        await served.Post($"/api/v2/workflow/{workflow}/cancel");
        await served.Until(workflow, "canceled");
        var again = (await served.Post($"/api/v2/workflow/{workflow}/rerun", """{"from_failed":true}""")).GetProperty("workflow_id").GetString()!;
        await served.Until(again, "on_hold");

        Assert.Equal(1, served.Engine.Jobs.Times("quick"));
        await served.Post($"/api/v2/jobs/{(await served.Job(again, "hold")).GetProperty("id").GetString()}/cancel");
        await served.Until(again, "canceled");
    }

    [Fact]
    public async Task Selected_jobs_are_rerun_by_their_ids()
    {
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Build("quick"), Graph.Build("slow")));
        var workflow = await served.StartPipeline();
        await served.Until(workflow, "success");
        var slow = (await served.Job(workflow, "slow")).GetProperty("id").GetString();

        var again = (await served.Post($"/api/v2/workflow/{workflow}/rerun", $$"""{"jobs":["{{slow}}"]}""")).GetProperty("workflow_id").GetString()!;
        await served.Until(again, "success");

        Assert.Equal((1, 2), (served.Engine.Jobs.Times("quick"), served.Engine.Jobs.Times("slow")));
        foreach (var body in (string[])["""{"jobs":["00000000-0000-0000-0000-000000000001"]}""", $$"""{"jobs":["{{slow}}"],"from_failed":true}"""])
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var refused = await served.Http.PostAsync($"/api/v2/workflow/{workflow}/rerun", content, RunningEngine.Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_long_list_comes_in_pages_and_the_command_line_reads_them_all()
    {
        await using var served = await ServedEngine.Start(Graph.Of([.. Enumerable.Range(0, 230).Select(number => Graph.Hold($"hold-{number}"))]));
        var workflow = await served.StartPipeline();
        await served.Until(workflow, "on_hold");
        using var client = new CircleCiClient(served.Address, ServedEngine.Token, "ada");

        var first = await served.Get($"/api/v2/workflow/{workflow}/job");
        var all = await client.Jobs(workflow, RunningEngine.Cancellation);

        Assert.Equal(100, first.GetProperty("items").GetArrayLength());
        Assert.Equal(230, all.Items.Select(job => ApiReply.Text(job, "name")).Distinct(StringComparer.Ordinal).Count());
        var last = await served.Get($"/api/v2/workflow/{workflow}/job?page-token={(await served.Get($"/api/v2/workflow/{workflow}/job?page-token={first.GetProperty("next_page_token").GetString()}")).GetProperty("next_page_token").GetString()}");
        Assert.Equal((30, JsonValueKind.Null), (last.GetProperty("items").GetArrayLength(), last.GetProperty("next_page_token").ValueKind));
        using var wrong = await served.Http.GetAsync($"/api/v2/workflow/{workflow}/job?page-token=%21", RunningEngine.Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Pipelines_are_listed_and_found_by_number_and_branch()
    {
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Build("quick")));
        await served.Until(await served.StartPipeline(), "success");
        await served.Until(await served.StartPipeline(), "success");

        Assert.Equal([2, 1], (await served.Get($"{Project}/pipeline?branch=main")).GetProperty("items").EnumerateArray().Select(pipeline => pipeline.GetProperty("number").GetInt32()));
        Assert.Equal(0, (await served.Get($"{Project}/pipeline?branch=other")).GetProperty("items").GetArrayLength());
        var first = await served.Get($"{Project}/pipeline/1");
        Assert.True(first.GetProperty("trigger_parameters").GetProperty("deploy").GetBoolean());
        Assert.Equal("4f2c1a0", first.GetProperty("vcs").GetProperty("revision").GetString());
        Assert.Equal("the source", (await served.Get($"/api/v2/pipeline/{first.GetProperty("id").GetString()}/config")).GetProperty("source").GetString());
        Assert.Equal("frame", (await served.Get(Project)).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("/api/v2/project/gh/lever/frame")]
    [InlineData("/api/v2/project/github/lever/frame")]
    [InlineData("/api/v2/project/gh%2Flever%2Fframe")]
    [InlineData("/api/v2/project/github%2flever%2fframe/pipeline")]
    public async Task A_project_s_slug_is_taken_in_every_form_that_clients_write(string path)
    {
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Build("quick")));

        using var response = await served.Http.GetAsync(path, RunningEngine.Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/api/v2/workflow/00000000-0000-0000-0000-000000000001", HttpStatusCode.NotFound)]
    [InlineData("/api/v2/workflow/nonsense", HttpStatusCode.NotFound)]
    [InlineData("/api/v2/project/gh/lever/other/pipeline", HttpStatusCode.NotFound)]
    [InlineData("/api/v2/nothing", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_not_found_and_says_so(string path, HttpStatusCode status)
    {
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Build("quick")));

        using var response = await served.Http.GetAsync(path, RunningEngine.Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains("\"message\":", await response.Content.ReadAsStringAsync(RunningEngine.Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_served_without_the_token_or_under_another_name_of_this_machine()
    {
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Build("quick")));
        using var stranger = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = served.Address };

        using var refused = await stranger.GetAsync("/api/v2/me", RunningEngine.Cancellation);
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "0123456789abcdeX");
        using var wrong = await stranger.GetAsync("/api/v2/me", RunningEngine.Cancellation);
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServedEngine.Token);
        using var admitted = await stranger.GetAsync("/api/v2/me", RunningEngine.Cancellation);
        stranger.DefaultRequestHeaders.Host = "evil.example";
        using var rebound = await stranger.GetAsync("/api/v2/me", RunningEngine.Cancellation);

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.Forbidden],
            new[] { refused, wrong, admitted, rebound }.Select(response => response.StatusCode));
    }

    [Fact]
    public async Task A_job_can_look_and_cannot_approve_the_hold_that_guards_it()
    {
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Hold("hold")));
        var workflow = await served.StartPipeline();
        await served.Until(workflow, "on_hold");
        using var job = new CircleCiClient(served.Address, ServedEngine.ReaderToken, "ada");

        var seen = (await job.Jobs(workflow, RunningEngine.Cancellation)).Items.Single();
        var approval = await job.Approve(workflow, ApiReply.Text(seen, "approval_request_id"), RunningEngine.Cancellation);

        Assert.Equal(401, approval.Status);
        Assert.Equal("on_hold", (await served.Job(workflow, "hold")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_client_of_the_command_line_speaks_it_and_says_who_it_is()
    {
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Hold("hold")));
        using var client = new CircleCiClient(served.Address, ServedEngine.Token, "grace");
        var workflow = await served.StartPipeline();
        await served.Until(workflow, "on_hold");
        var request = (await client.Jobs(workflow, RunningEngine.Cancellation)).Items.Single();

        Assert.Null((await client.Approve(workflow, ApiReply.Text(request, "approval_request_id"), RunningEngine.Cancellation)).Problem);

        await served.Until(workflow, "success");
        var run = await served.Engine.Engine.Journal.Load(RunId.Parse(workflow)!, RunningEngine.Cancellation);
        Assert.Equal("grace", run!["hold"].DecidedBy);
        Assert.Equal("400: It is too late for that, or too early", (await client.Approve(workflow, ApiReply.Text(request, "approval_request_id"), RunningEngine.Cancellation)).Problem);
    }
}
