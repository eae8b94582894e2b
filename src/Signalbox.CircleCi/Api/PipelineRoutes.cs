using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Signalbox.CircleCi.Execution.Pipelines;

namespace Signalbox.CircleCi.Api;

/// <summary>`/api/v2/pipeline…`, and who people are.</summary>
internal static class PipelineRoutes
{
    private const int MostRuns = 500;

    public static void Map(IEndpointRouteBuilder routes, ApiContext context)
    {
        routes.MapGet("/api/v2/me", http => http.Answer(json => PersonJson(json, context.Person)));
        routes.MapGet("/api/v2/user/{id}", http => Person(http, context));
        routes.MapGet("/api/v2/pipeline", async http =>
            await http.AnswerItems(await context.Pipelines.All(http.RequestAborted), (json, pipeline) => PipelineShape.Write(json, pipeline, context.Engine.Project)));
        routes.MapGet("/api/v2/pipeline/{id}", http => Pipeline(http, context, (found, json) => PipelineShape.Write(json, found, context.Engine.Project)));
        routes.MapGet("/api/v2/pipeline/{id}/config", http => Config(http, context));
        routes.MapGet("/api/v2/pipeline/{id}/workflow", http => Workflows(http, context));
        routes.MapPost("/api/v2/pipeline/continue", http => Continue(http, context));
    }

    private static void PersonJson(Utf8JsonWriter json, string person)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, ApiContext.IdOf(person));
        json.WriteString("login"u8, person);
        json.WriteString("name"u8, person);
        json.WriteEndObject();
    }

    private static async Task Person(HttpContext http, ApiContext context)
    {
        var people = (await context.Engine.Journal.Newest(MostRuns, http.RequestAborted))
            .SelectMany(run => run.Jobs.Values.Select(job => job.DecidedBy).Append(run.Origin.StartedBy).Append(run.CanceledBy))
            .Append(context.Person);
        if (people.OfType<string>().FirstOrDefault(person => ApiContext.IdOf(person).ToString("D") == http.Route("id")) is { } found)
            await http.Answer(json => PersonJson(json, found));
        else
            await http.Refuse(StatusCodes.Status404NotFound, "User not found");
    }

    private static async Task Pipeline(HttpContext http, ApiContext context, Action<PipelineRecord, Utf8JsonWriter> write)
    {
        if (await Find(http, context) is { } found)
            await http.Answer(json => write(found, json));
        else
            await http.Refuse(StatusCodes.Status404NotFound, "Pipeline not found");
    }

    private static async Task<PipelineRecord?> Find(HttpContext http, ApiContext context) =>
        Guid.TryParse(http.Route("id"), out var id) ? await context.Pipelines.Find(id, http.RequestAborted) : null;

    private static async Task Config(HttpContext http, ApiContext context)
    {
        if (await Find(http, context) is not { } pipeline)
        {
            await http.Refuse(StatusCodes.Status404NotFound, "Pipeline not found");
            return;
        }

        var source = await context.Pipelines.Source(pipeline.Id, http.RequestAborted);
        var compiled = await context.Pipelines.Compiled(pipeline.Id, http.RequestAborted);
        await http.Answer(json =>
        {
            json.WriteStartObject();
            json.WriteString("source"u8, source);
            json.WriteString("compiled"u8, compiled);
            json.WriteEndObject();
        });
    }

    private static async Task Workflows(HttpContext http, ApiContext context)
    {
        if (await Find(http, context) is not { } pipeline)
        {
            await http.Refuse(StatusCodes.Status404NotFound, "Pipeline not found");
            return;
        }

        var runs = (await context.Engine.Journal.Newest(MostRuns, http.RequestAborted)).Where(run => run.Origin.Pipeline == pipeline.Id);
        await http.AnswerItems(runs, (json, run) => WorkflowShape.Write(json, run, context.Engine.Project));
    }

    private static async Task Continue(HttpContext http, ApiContext context)
    {
        if (await http.Body() is not { } body || !Text(body, "continuation-key", out var key) || !Text(body, "configuration", out var configuration))
        {
            await http.Refuse(StatusCodes.Status400BadRequest, "`continuation-key` and `configuration` are needed");
            return;
        }

        var pipeline = (await context.Pipelines.All(http.RequestAborted)).FirstOrDefault(pipeline => IsKey(pipeline.ContinuationKey, key));
        if (pipeline is null)
        {
            await http.Refuse(StatusCodes.Status404NotFound, "There is no pipeline in its setup phase with that continuation key");
            return;
        }

        if ((await context.Starter.Continue(pipeline, configuration, ProjectRoutes.Parameters(body), http.RequestAborted)).Succeeded(out _, out var problems))
            await http.Answer(json => { json.WriteStartObject(); json.WriteString("message"u8, "Accepted."); json.WriteEndObject(); });
        else
            await http.Refuse(StatusCodes.Status400BadRequest, string.Join('\n', problems.Select(problem => problem.Message)));
    }

    private static bool IsKey(string? kept, string given) =>
        kept is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(kept), Encoding.UTF8.GetBytes(given));

    private static bool Text(JsonElement body, string name, out string text)
    {
        text = body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return text.Length > 0;
    }
}
