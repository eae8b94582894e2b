using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.CircleCi.Api;

/// <summary>What steps printed, by API v1.1, which is where CircleCI has it; and the bytes of artifacts.</summary>
internal static class OutputRoutes
{
    private const string Job = "/api/v1.1/project/this/{number:int}";

    public static void Map(IEndpointRouteBuilder routes, ApiContext context)
    {
        routes.MapGet(Job, http => JobRoutes.With(http, context, found => Steps(http, found, context.Engine.Project)));
        routes.MapGet($"{Job}/output/{{step:int}}/{{node:int}}", http => JobRoutes.With(http, context, found => Output(http, found)));
        routes.MapGet("/output/job/{id}/artifacts/{node:int}/{**path}", http => Artifact(http, context));
    }

    private static Task Steps(HttpContext http, FoundJob found, ProjectIdentity project) => http.Answer(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("build_num"u8, found.State.Number ?? 0);
        json.WriteString("status"u8, found.State.Word());
        json.WriteStartObject("workflows"u8);
        json.WriteString("job_name"u8, found.Name);
        json.WriteString("workflow_id"u8, found.Run.Origin.Id.Value);
        json.WriteString("workflow_name"u8, found.Run.Origin.Workflow);
        json.WriteEndObject();
        json.WriteStartArray("steps"u8);
        foreach (var step in found.State.Nodes.SelectMany(node => node.Steps.Select(step => (Node: node.Index, Step: step))).GroupBy(pair => pair.Step.Index).OrderBy(group => group.Key))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, step.First().Step.Title);
            json.WriteStartArray("actions"u8);
            foreach (var (node, action) in step)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, action.Title);
                json.WriteNumber("index"u8, node);
                json.WriteNumber("step"u8, action.Index);
                json.WriteString("status"u8, Word(action.Ending));
                json.WriteString("start_time"u8, action.StartedAt);
                json.WriteBoolean("has_output"u8, File.Exists(action.LogFile));
                json.WriteString("output_url"u8, $"{http.Request.Scheme}://{http.Request.Host}/api/v1.1/project/{project.Slug}/{found.State.Number}/output/{action.Index}/{node}");
                if (action.ExitCode is { } code)
                    json.WriteNumber("exit_code"u8, code);
                if (action.Elapsed is { } elapsed)
                    json.WriteNumber("run_time_millis"u8, (long)elapsed.TotalMilliseconds);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static async Task Output(HttpContext http, FoundJob found)
    {
        var step = found.State.Node(int.Parse(http.Route("node")))?.Steps.FirstOrDefault(step => step.Index.ToString() == http.Route("step"));
        if (step is null || !File.Exists(step.LogFile))
        {
            await http.Refuse(StatusCodes.Status404NotFound, "Output not found");
            return;
        }

        var text = await File.ReadAllTextAsync(step.LogFile, http.RequestAborted);
        await http.Answer(json =>
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("message"u8, text);
            json.WriteString("time"u8, step.StartedAt);
            json.WriteString("type"u8, "out");
            json.WriteEndObject();
            json.WriteEndArray();
        });
    }

    private static async Task Artifact(HttpContext http, ApiContext context)
    {
        var found = await FoundJob.OfId(http.Route("id"), context, http.RequestAborted);
        var artifact = found?.State.Node(int.Parse(http.Route("node")))?.Artifacts.FirstOrDefault(artifact => artifact.Path == http.Route("path"));
        if (artifact is null || !File.Exists(artifact.File))
        {
            await http.Refuse(StatusCodes.Status404NotFound, "Artifact not found");
            return;
        }

        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = new FileInfo(artifact.File).Length;
        await using var content = File.OpenRead(artifact.File);
        await content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static string Word(StepStatus? ending) => ending switch
    {
        null => "running",
        StepStatus.Success => "success",
        StepStatus.Failed => "failed",
        StepStatus.Skipped => "not_run",
        StepStatus.Canceled => "canceled",
        StepStatus.TimedOut => "timedout",
        StepStatus.Interrupted => "canceled",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
