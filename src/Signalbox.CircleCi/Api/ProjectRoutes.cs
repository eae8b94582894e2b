using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Signalbox.CircleCi.Execution.Pipelines;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.CircleCi.Api;

/// <summary>`/api/v2/project/SLUG…`: the project and its pipelines.</summary>
internal static class ProjectRoutes
{
    /// <summary>What <see cref="ProjectPath"/> leaves of a path with this project's slug.</summary>
    public const string Slug = "/api/v2/project/this";

    public static void Map(IEndpointRouteBuilder routes, ApiContext context)
    {
        routes.MapGet(Slug, http => http.Answer(json => Write(json, context.Engine.Project)));
        routes.MapGet($"{Slug}/pipeline", http => Pipelines(http, context));
        routes.MapGet($"{Slug}/pipeline/mine", http => Pipelines(http, context));
        routes.MapGet($"{Slug}/pipeline/{{number:int}}", http => Pipeline(http, context));
        routes.MapPost($"{Slug}/pipeline", http => Start(http, context));
    }

    /// <summary>The scalars of `parameters`; CircleCI takes no others.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Parameters(JsonElement body) =>
        body.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object
            ? parameters.EnumerateObject().ToDictionary(parameter => parameter.Name, parameter => parameter.Value.Clone(), StringComparer.Ordinal)
            : new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    private static async Task Pipelines(HttpContext http, ApiContext context)
    {
        var branch = http.Request.Query["branch"].ToString();
        var pipelines = await context.Pipelines.All(http.RequestAborted);
        await http.AnswerItems(
            pipelines.Where(pipeline => branch.Length == 0 || pipeline.Source.Branch == branch),
            (json, pipeline) => PipelineShape.Write(json, pipeline, context.Engine.Project));
    }

    private static async Task Pipeline(HttpContext http, ApiContext context)
    {
        var pipelines = await context.Pipelines.All(http.RequestAborted);
        if (pipelines.FirstOrDefault(pipeline => pipeline.Number.ToString() == http.Route("number")) is { } found)
            await http.Answer(json => PipelineShape.Write(json, found, context.Engine.Project));
        else
            await http.Refuse(StatusCodes.Status404NotFound, "Pipeline not found");
    }

    private static async Task Start(HttpContext http, ApiContext context)
    {
        if (await http.Body() is not { } body)
        {
            await http.Refuse(StatusCodes.Status400BadRequest, "The body is no JSON object");
            return;
        }

        var request = new PipelineRequest(Text(body, "branch"), Text(body, "tag"), Parameters(body), WorkflowRoutes.PersonOf(http, context));
        if ((await context.Starter.Start(request, http.RequestAborted)).Succeeded(out var pipeline, out var problems))
            await http.Answer(json => Created(json, pipeline), StatusCodes.Status201Created);
        else
            await http.Refuse(StatusCodes.Status400BadRequest, string.Join('\n', problems.Select(problem => problem.Message)));
    }

    private static void Created(Utf8JsonWriter json, PipelineRecord pipeline)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, pipeline.Id);
        json.WriteString("state"u8, PipelineShape.State(pipeline.State));
        json.WriteNumber("number"u8, pipeline.Number);
        json.WriteString("created_at"u8, pipeline.CreatedAt);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ProjectIdentity project)
    {
        json.WriteStartObject();
        json.WriteString("slug"u8, project.Slug);
        json.WriteString("name"u8, project.Name);
        json.WriteString("id"u8, project.Id);
        json.WriteString("organization_name"u8, project.Owner);
        json.WriteString("organization_slug"u8, $"{project.Kind}/{project.Owner}");
        json.WriteString("organization_id"u8, project.OrganizationId);
        json.WriteStartObject("vcs_info"u8);
        json.WriteString("vcs_url"u8, project.WebUrl);
        json.WriteString("provider"u8, project.Service);
        json.WriteString("default_branch"u8, "main");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
