using System.Text.Json;
using Signalbox.CircleCi.Execution.Pipelines;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.CircleCi.Api;

/// <summary>A pipeline as API v2 shows it.</summary>
internal static class PipelineShape
{
    public static void Write(Utf8JsonWriter json, PipelineRecord pipeline, ProjectIdentity project)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, pipeline.Id);
        json.WriteStartArray("errors"u8);
        foreach (var error in pipeline.Errors)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "config");
            json.WriteString("message"u8, error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("project_slug"u8, project.Slug);
        json.WriteString("updated_at"u8, pipeline.CreatedAt);
        json.WriteNumber("number"u8, pipeline.Number);
        json.WriteStartObject("trigger_parameters"u8);
        foreach (var (name, value) in pipeline.Parameters)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteString("state"u8, State(pipeline.State));
        json.WriteString("created_at"u8, pipeline.CreatedAt);
        json.WriteStartObject("trigger"u8);
        json.WriteString("type"u8, "api");
        json.WriteString("received_at"u8, pipeline.CreatedAt);
        json.WriteStartObject("actor"u8);
        json.WriteString("login"u8, pipeline.StartedBy);
        json.WriteNull("avatar_url"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        WriteSource(json, pipeline, project);
        json.WriteEndObject();
    }

    public static string State(PipelineState state) => state switch
    {
        PipelineState.Created => "created",
        PipelineState.Errored => "errored",
        PipelineState.Setup => "setup",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static void WriteSource(Utf8JsonWriter json, PipelineRecord pipeline, ProjectIdentity project)
    {
        json.WriteStartObject("vcs"u8);
        json.WriteString("provider_name"u8, project.Kind switch { "gh" => "GitHub", "bb" => "Bitbucket", "gl" => "GitLab", _ => project.Kind });
        json.WriteString("target_repository_url"u8, project.WebUrl);
        json.WriteString("origin_repository_url"u8, project.WebUrl);
        json.WriteString("revision"u8, pipeline.Source.Commit);
        if (pipeline.Source.Tag is { } tag)
            json.WriteString("tag"u8, tag);
        else if (pipeline.Source.Branch is { } branch)
            json.WriteString("branch"u8, branch);
        json.WriteStartObject("commit"u8);
        json.WriteString("subject"u8, pipeline.Subject);
        json.WriteString("body"u8, "");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
