using System.Text.Json;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.CircleCi.Api;

/// <summary>A run, and the jobs of its graph, as API v2 shows a workflow.</summary>
internal static class WorkflowShape
{
    public static void Write(Utf8JsonWriter json, RunState run, ProjectIdentity project)
    {
        var origin = run.Origin;
        json.WriteStartObject();
        json.WriteString("pipeline_id"u8, origin.Pipeline);
        if (run.CanceledBy is { } by)
            json.WriteString("canceled_by"u8, ApiContext.IdOf(by));
        json.WriteString("id"u8, origin.Id.Value);
        json.WriteString("name"u8, origin.Workflow);
        json.WriteString("project_slug"u8, project.Slug);
        if (origin.AutomaticRerun > 0)
            json.WriteNumber("auto_rerun_number"u8, origin.AutomaticRerun);
        if (origin.Source.Tag is { } tag)
            json.WriteString("tag"u8, tag);
        json.WriteString("status"u8, Word(run.Status()));
        json.WriteString("started_by"u8, ApiContext.IdOf(origin.StartedBy));
        json.WriteNumber("pipeline_number"u8, origin.PipelineNumber);
        json.WriteString("created_at"u8, run.CreatedAt);
        if (run.IsOver)
            json.WriteString("stopped_at"u8, run.LastAt);
        else
            json.WriteNull("stopped_at"u8);
        json.WriteEndObject();
    }

    /// <summary>The API has no word for a workflow that only queues.</summary>
    private static string Word(RunStatus status) => status is RunStatus.Queued ? RunStatus.Running.Word() : status.Word();

    public static void WriteJob(Utf8JsonWriter json, RunState run, PlannedJob planned, ProjectIdentity project)
    {
        var (id, job) = (run.Origin.Id, run[planned.Name]);
        json.WriteStartObject();
        if (job.Ending == TerminalStatus.Canceled && (job.DecidedBy ?? run.CanceledBy) is { } canceledBy)
            json.WriteString("canceled_by"u8, ApiContext.IdOf(canceledBy));
        json.WriteStartArray("dependencies"u8);
        foreach (var requirement in planned.Requires)
            json.WriteStringValue(id.OfJob(requirement.Job));
        json.WriteEndArray();
        if (job.Number is { } number)
            json.WriteNumber("job_number"u8, number);
        json.WriteString("id"u8, id.OfJob(planned.Name));
        Time(json, "started_at", job.StartedAt ?? (planned.Kind == JobKind.Approval ? job.ReadyAt : null));
        json.WriteString("name"u8, planned.Name);
        if (planned.Kind == JobKind.Approval && job is { Ending: TerminalStatus.Success, DecidedBy: { } approvedBy })
            json.WriteString("approved_by"u8, ApiContext.IdOf(approvedBy));
        json.WriteString("project_slug"u8, project.Slug);
        json.WriteString("status"u8, job.Word());
        json.WriteString("type"u8, KindWord(planned.Kind));
        json.WriteStartObject("requires"u8);
        foreach (var requirement in planned.Requires)
        {
            json.WriteStartArray(id.OfJob(requirement.Job).ToString("D"));
            foreach (var status in requirement.Statuses)
                json.WriteStringValue(status.Word());
            json.WriteEndArray();
        }

        json.WriteEndObject();
        Time(json, "stopped_at", job.EndedAt);
        if (planned.Kind == JobKind.Approval)
            json.WriteString("approval_request_id"u8, id.OfJob(planned.Name));
        json.WriteEndObject();
    }

    public static void Time(Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } known)
            json.WriteString(name, known);
        else
            json.WriteNull(name);
    }

    private static string KindWord(JobKind kind) => kind switch
    {
        JobKind.Build => "build",
        JobKind.Approval => "approval",
        JobKind.NoOp => "no-op",
        JobKind.Release => "release",
        JobKind.Lock => "lock",
        JobKind.Unlock => "unlock",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
