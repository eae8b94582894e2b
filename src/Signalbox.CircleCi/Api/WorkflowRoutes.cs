using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.CircleCi.Api;

/// <summary>`/api/v2/workflow/…`: looking at runs, and moving them.</summary>
internal static class WorkflowRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ApiContext context)
    {
        routes.MapGet("/api/v2/workflow/{id}", http => With(http, context, run => http.Answer(json => WorkflowShape.Write(json, run, context.Engine.Project))));
        routes.MapGet("/api/v2/workflow/{id}/job", http => With(http, context, run =>
            http.AnswerItems(run.Plan, (json, job) => WorkflowShape.WriteJob(json, run, job, context.Engine.Project))));
        routes.MapPost("/api/v2/workflow/{id}/approve/{request}", http => With(http, context, run => Approve(http, context, run)));
        routes.MapPost("/api/v2/workflow/{id}/cancel", http => With(http, context, run =>
            Happen(http, context, run, at => new RunEvent.CancelAsked(Job: null, PersonOf(http, context)) { At = at })));
        routes.MapPost("/api/v2/workflow/{id}/rerun", http => With(http, context, run => Rerun(http, context, run)));
        routes.MapPost("/api/v2/jobs/{id}/cancel", http => CancelJob(http, context));
    }

    private static async Task With(HttpContext http, ApiContext context, Func<RunState, Task> act)
    {
        if (await context.Run(http.Route("id"), http.RequestAborted) is { } run)
            await act(run);
        else
            await http.Refuse(StatusCodes.Status404NotFound, "Workflow not found");
    }

    private static Task Approve(HttpContext http, ApiContext context, RunState run)
    {
        var job = run.Plan.FirstOrDefault(job => job.Kind == JobKind.Approval && run.Origin.Id.OfJob(job.Name).ToString("D") == http.Route("request"));
        return job is null
            ? http.Refuse(StatusCodes.Status404NotFound, "Approval request not found")
            : Happen(http, context, run, at => new RunEvent.Approved(job.Name, PersonOf(http, context)) { At = at });
    }

    /// <summary>Cancelling a hold rejects it.</summary>
    private static async Task CancelJob(HttpContext http, ApiContext context)
    {
        foreach (var origin in await context.Engine.Journal.Origins(limit: 500, http.RequestAborted))
        {
            if (await context.Run(origin.Id.ToString(), http.RequestAborted) is { } run
                && run.Plan.FirstOrDefault(job => origin.Id.OfJob(job.Name).ToString("D") == http.Route("id")) is { } job)
            {
                await Happen(http, context, run, at => run[job.Name].Phase == JobPhase.OnHold
                    ? new RunEvent.Rejected(job.Name, PersonOf(http, context)) { At = at }
                    : new RunEvent.CancelAsked(job.Name, PersonOf(http, context)) { At = at });
                return;
            }
        }

        await http.Refuse(StatusCodes.Status404NotFound, "Job not found");
    }

    /// <summary>Whether the engine lives in this process or the run is asleep, it happens in the journal first.</summary>
    internal static async Task Happen(HttpContext http, ApiContext context, RunState run, Func<DateTimeOffset, RunEvent> happened)
    {
        var id = run.Origin.Id;
        var isDone = context.Engine.Driven(id) is { } driven
            ? await driven.Post(happened(context.Clock.GetUtcNow()))
            : await context.Engine.Record(id, happened, http.RequestAborted) is { } after && (await context.Dispatcher.Resume(after, http.RequestAborted)).Succeeded(out _, out _);
        if (isDone)
            await http.Answer(json => { json.WriteStartObject(); json.WriteString("message"u8, "Accepted."); json.WriteEndObject(); }, StatusCodes.Status202Accepted);
        else
            await http.Refuse(StatusCodes.Status400BadRequest, "It is too late for that, or too early");
    }

    private static async Task Rerun(HttpContext http, ApiContext context, RunState run)
    {
        if (!run.IsOver)
        {
            await http.Refuse(StatusCodes.Status400BadRequest, "The workflow is still running");
            return;
        }

        if (Extent(await http.Body(), run) is not { } extent)
        {
            await http.Refuse(StatusCodes.Status400BadRequest, "`jobs` must be ids of this workflow's jobs, and not be given together with `from_failed`");
            return;
        }

        if ((await context.Dispatcher.Rerun(run, extent, PersonOf(http, context), http.RequestAborted)).Succeeded(out var again, out var problems))
            await http.Answer(json => { json.WriteStartObject(); json.WriteString("workflow_id"u8, again.Origin.Id.Value); json.WriteEndObject(); }, StatusCodes.Status202Accepted);
        else
            await http.Refuse(StatusCodes.Status400BadRequest, string.Join('\n', problems.Select(problem => problem.Message)));
    }

    /// <returns>Null when the body asks for what there is not.</returns>
    private static RerunExtent? Extent(JsonElement? body, RunState run)
    {
        if (body is not { } asked)
            return null;
        var fromFailed = asked.TryGetProperty("from_failed", out var failed) && failed.ValueKind == JsonValueKind.True;
        if (!asked.TryGetProperty("jobs", out var jobs) || jobs is { ValueKind: JsonValueKind.Null } or { ValueKind: JsonValueKind.Array } && jobs.GetRawText() == "[]")
            return fromFailed ? new RerunExtent.FromFailed() : new RerunExtent.Whole();
        if (fromFailed || jobs.ValueKind != JsonValueKind.Array)
            return null;
        var ids = jobs.EnumerateArray().Select(id => id.ValueKind == JsonValueKind.String ? id.GetString() : null).ToHashSet(StringComparer.Ordinal);
        var meant = run.Plan.Where(job => ids.Contains(run.Origin.Id.OfJob(job.Name).ToString("D"))).Select(job => job.Name).ToList();
        return meant.Count == ids.Count ? new RerunExtent.Selected([.. meant]) : null;
    }

    /// <summary>Our own command line says who sits at it; anybody else is the owner of the token.</summary>
    internal static string PersonOf(HttpContext http, ApiContext context) =>
        http.Request.Headers["Signalbox-Person"].ToString() is { Length: > 0 } named ? Uri.UnescapeDataString(named) : context.Person;
}
