using System.Text.Json;
using Signalbox.CircleCi.Execution.Results;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.CircleCi.Api;

/// <summary>A job's details as API v2 shows them.</summary>
internal static class JobShape
{
    public static void Write(Utf8JsonWriter json, FoundJob found, ProjectIdentity project)
    {
        var (origin, job) = (found.Run.Origin, found.State);
        json.WriteStartObject();
        json.WriteString("web_url"u8, "");
        WriteProject(json, project);
        WriteNodes(json, job);
        WorkflowShape.Time(json, "started_at", job.StartedAt);
        json.WriteStartObject("latest_workflow"u8);
        json.WriteString("id"u8, origin.Id.Value);
        json.WriteString("name"u8, origin.Workflow);
        json.WriteEndObject();
        json.WriteString("name"u8, found.Name);
        json.WriteStartObject("executor"u8);
        json.WriteString("type"u8, origin.Policy.Executor == Execution.Jobs.ExecutorChoice.Host ? "machine" : "docker");
        json.WriteString("resource_class"u8, "local");
        json.WriteEndObject();
        json.WriteNumber("parallelism"u8, found.Run.Planned(found.Name).Nodes);
        json.WriteString("status"u8, job.Word());
        json.WriteNumber("number"u8, job.Number ?? 0);
        json.WriteStartObject("pipeline"u8);
        json.WriteString("id"u8, origin.Pipeline);
        json.WriteEndObject();
        if (job is { StartedAt: { } started, EndedAt: { } ended })
            json.WriteNumber("duration"u8, (long)(ended - started).TotalMilliseconds);
        json.WriteString("created_at"u8, found.Run.CreatedAt);
        json.WriteStartArray("messages"u8);
        json.WriteEndArray();
        json.WriteStartArray("contexts"u8);
        json.WriteEndArray();
        json.WriteStartObject("organization"u8);
        json.WriteString("name"u8, project.Owner);
        json.WriteEndObject();
        WorkflowShape.Time(json, "queued_at", job.ReadyAt);
        WorkflowShape.Time(json, "stopped_at", job.EndedAt);
        json.WriteEndObject();
    }

    private static void WriteProject(Utf8JsonWriter json, ProjectIdentity project)
    {
        json.WriteStartObject("project"u8);
        json.WriteString("id"u8, project.Id);
        json.WriteString("slug"u8, project.Slug);
        json.WriteString("name"u8, project.Name);
        json.WriteString("external_url"u8, project.WebUrl);
        json.WriteEndObject();
    }

    private static void WriteNodes(Utf8JsonWriter json, JobState job)
    {
        json.WriteStartArray("parallel_runs"u8);
        foreach (var node in job.Nodes)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, node.Index);
            json.WriteString("status"u8, node.Ending?.Word() ?? "running");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteTest(Utf8JsonWriter json, TestCase test)
    {
        json.WriteStartObject();
        json.WriteString("message"u8, test.Message ?? "");
        json.WriteString("source"u8, "unknown");
        json.WriteNumber("run_time"u8, test.Seconds);
        json.WriteString("file"u8, test.File ?? "");
        json.WriteString("result"u8, test.Result switch { TestResult.Failed => "failure", TestResult.Skipped => "skipped", _ => "success" });
        json.WriteString("name"u8, test.Name);
        json.WriteString("classname"u8, test.ClassName);
        json.WriteEndObject();
    }
}
