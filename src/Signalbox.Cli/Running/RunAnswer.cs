using System.Text.Json;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Results;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.Cli.Running;

/// <summary>A run for people and for programs.</summary>
internal static class RunAnswer
{
    private const int MostFailedTests = 20;

    /// <summary>What a run's state means for whoever started it.</summary>
    public static int ExitCodeOf(RunState run) => run.Status() switch
    {
        RunStatus.Success => ExitCode.Done,
        RunStatus.OnHold => ExitCode.WaitingForAPerson,
        RunStatus.Queued or RunStatus.Running or RunStatus.Failing => ExitCode.Interrupted,
        _ => ExitCode.Failed,
    };

    public static void Write(Utf8JsonWriter json, RunState run, DateTimeOffset now)
    {
        json.WriteStartObject();
        WriteHead(json, run, now);
        json.WriteStartArray("jobs"u8);
        foreach (var planned in run.Plan)
            WriteJob(json, run, planned, now);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteHead(Utf8JsonWriter json, RunState run, DateTimeOffset now)
    {
        var origin = run.Origin;
        json.WriteString("id"u8, origin.Id.Value);
        json.WriteNumber("number"u8, origin.Number);
        json.WriteString("workflow"u8, origin.Workflow);
        json.WriteString("status"u8, run.Status().Word());
        json.WriteString("pipeline_id"u8, origin.Pipeline);
        json.WriteNumber("pipeline_number"u8, origin.PipelineNumber);
        json.WriteString("commit"u8, origin.Source.Commit);
        json.WriteString("branch"u8, origin.Source.Branch);
        json.WriteString("tag"u8, origin.Source.Tag);
        json.WriteBoolean("with_uncommitted"u8, origin.Source.WithUncommitted);
        json.WriteString("started_by"u8, origin.StartedBy);
        json.WriteString("created_at"u8, run.CreatedAt);
        json.WriteNumber("seconds"u8, Math.Round(((run.IsOver ? run.LastAt : now) - run.CreatedAt).TotalSeconds, 3));
        if (origin.RerunOf is { } earlier)
            json.WriteString("rerun_of"u8, earlier.Value);
    }

    /// <summary>What has to be known at the end, and what to type next.</summary>
    public static async Task Summarise(Terminal terminal, RunState run, RunFolders folders, CancellationToken cancellation)
    {
        foreach (var (job, tests) in await FailedTests(run, folders, cancellation))
        {
            terminal.Say($"{tests.Count} failed {(tests.Count == 1 ? "test" : "tests")} in {job}:");
            foreach (var test in tests.Take(MostFailedTests))
                terminal.Say($"  {Name(test)}{(test.Message is { } message ? $": {message.Split('\n')[0]}" : "")}");
            if (tests.Count > MostFailedTests)
                terminal.Say($"  and {tests.Count - MostFailedTests} more");
        }

        var number = run.Origin.Number;
        foreach (var planned in run.Plan.Where(planned => run[planned.Name].Ending == TerminalStatus.Failed))
        {
            terminal.Say($"hint: run `signalbox logs {number} {Quoted(planned.Name)}` to read what {planned.Name} printed");
            foreach (var shell in run[planned.Name].Nodes.Select(node => node.ShellCommand).OfType<string>())
                terminal.Say($"hint: it was kept; run `{shell}` to look inside");
        }

        foreach (var planned in run.Plan.Where(planned => run[planned.Name].Phase == JobPhase.OnHold))
            terminal.Say($"hint: run `signalbox approve {number} {Quoted(planned.Name)}` to go on");
        var took = Duration.Words(run.LastAt - run.CreatedAt);
        var word = run.Status().Word().Replace('_', ' ');
        terminal.Answer($"run {number} {run.Origin.Workflow}: {terminal.Paint(ColourOf(run.Status()), word)} ({took})");
    }

    public static Colour ColourOf(RunStatus status) => status switch
    {
        RunStatus.Success => Colour.Green,
        RunStatus.Failed or RunStatus.Failing or RunStatus.Unauthorized => Colour.Red,
        RunStatus.OnHold or RunStatus.Canceled => Colour.Yellow,
        _ => Colour.Blue,
    };

    /// <summary>As a shell takes it.</summary>
    public static string Quoted(string name) =>
        name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/') ? name : $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static void WriteJob(Utf8JsonWriter json, RunState run, PlannedJob planned, DateTimeOffset now)
    {
        var job = run[planned.Name];
        json.WriteStartObject();
        json.WriteString("name"u8, planned.Name);
        json.WriteString("type"u8, planned.Kind.ToString().ToLowerInvariant());
        json.WriteString("status"u8, job.Word());
        if (job.Number is { } number)
            json.WriteNumber("number"u8, number);
        if (job.StartedAt is { } started)
            json.WriteNumber("seconds"u8, Math.Round(((job.EndedAt ?? now) - started).TotalSeconds, 3));
        if (job.DecidedBy is { } person)
            json.WriteString(job.Ending == TerminalStatus.Success ? "approved_by"u8 : "rejected_by"u8, person);
        if (job.Reason is { } reason)
            json.WriteString("reason"u8, reason);
        json.WriteStartArray("requires"u8);
        foreach (var requirement in planned.Requires)
            json.WriteStringValue(requirement.Job);
        json.WriteEndArray();
        json.WriteStartArray("artifacts"u8);
        foreach (var artifact in job.Nodes.SelectMany(node => node.Artifacts))
        {
            json.WriteStartObject();
            json.WriteString("path"u8, artifact.Path);
            json.WriteString("file"u8, artifact.File);
            json.WriteNumber("bytes"u8, artifact.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        var tests = job.Nodes.Aggregate(new TestCount(0, 0, 0), (sum, node) => sum.And(node.Tests));
        if (tests.Total > 0)
        {
            json.WriteStartObject("tests"u8);
            json.WriteNumber("passed"u8, tests.Passed);
            json.WriteNumber("failed"u8, tests.Failed);
            json.WriteNumber("skipped"u8, tests.Skipped);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static async Task<List<(string Job, List<TestCase> Tests)>> FailedTests(RunState run, RunFolders folders, CancellationToken cancellation)
    {
        var failed = new List<(string, List<TestCase>)>();
        foreach (var job in run.JobsWithFailedTests)
            failed.Add((job, [.. (await StoredTests.Read(folders.Nodes(run, job), cancellation)).Where(test => test.Result == TestResult.Failed)]));

        return failed;
    }

    private static string Name(TestCase test) => test.ClassName.Length > 0 ? $"{test.ClassName}.{test.Name}" : test.Name;
}
