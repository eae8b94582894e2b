using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.CircleCi.Api;

/// <summary>`/api/v2/project/SLUG/job/N`, and what the job left: artifacts and tests.</summary>
internal static class JobRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ApiContext context)
    {
        routes.MapGet($"{ProjectRoutes.Slug}/job/{{number:int}}", http => With(http, context, found => http.Answer(json => JobShape.Write(json, found, context.Engine.Project))));
        routes.MapPost($"{ProjectRoutes.Slug}/job/{{number:int}}/cancel", http => With(http, context, found => WorkflowRoutes.Happen(
            http, context, found.Run, at => new RunEvent.CancelAsked(found.Name, WorkflowRoutes.PersonOf(http, context)) { At = at })));
        routes.MapGet($"{ProjectRoutes.Slug}/{{number:int}}/artifacts", http => With(http, context, found => Artifacts(http, found)));
        routes.MapGet($"{ProjectRoutes.Slug}/{{number:int}}/tests", http => With(http, context, found => Tests(http, found)));
    }

    internal static async Task With(HttpContext http, ApiContext context, Func<FoundJob, Task> act)
    {
        if (await FoundJob.Of(http.Route("number"), context, http.RequestAborted) is { } found)
            await act(found);
        else
            await http.Refuse(StatusCodes.Status404NotFound, "Job not found");
    }

    private static Task Artifacts(HttpContext http, FoundJob found) => http.AnswerItems(
        found.State.Nodes.SelectMany(node => node.Artifacts.Select(artifact => (node.Index, artifact.Path))),
        (json, artifact) =>
        {
            json.WriteStartObject();
            json.WriteString("path"u8, artifact.Path);
            json.WriteNumber("node_index"u8, artifact.Index);
            json.WriteString("url"u8, $"{http.Request.Scheme}://{http.Request.Host}/output/job/{found.Run.Origin.Id.OfJob(found.Name):D}/artifacts/{artifact.Index}/{string.Join('/', artifact.Path.Split('/').Select(Uri.EscapeDataString))}");
            json.WriteEndObject();
        });

    private static async Task Tests(HttpContext http, FoundJob found) =>
        await http.AnswerItems(await found.Tests(http.RequestAborted), JobShape.WriteTest);
}
