using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.Cli.Running;

/// <summary>Runs as NDJSON on standard output: each event as the journal has it, with the run it belongs to.</summary>
internal sealed class EventStream(Terminal terminal) : IRunListener
{
    public void Happened(RunState after, RunEvent happened) =>
        terminal.Answer($$"""{"run":"{{after.Origin.Id}}",{{RunEventText.Of(happened)[1..]}}""");

    public void Said(RunState run, string job, int node, JobEvent.StepOutput output) => terminal.JsonLine(json =>
    {
        json.WriteStartObject();
        json.WriteString("run"u8, run.Origin.Id.Value);
        json.WriteString("event"u8, "step_output");
        json.WriteString("job"u8, job);
        json.WriteNumber("node"u8, node);
        json.WriteNumber("step"u8, output.Index);
        json.WriteString("line"u8, output.LastLine);
        json.WriteEndObject();
    });
}

/// <summary>Shows runs in two ways at once.</summary>
internal sealed class BothViews(IRunListener one, IRunListener other) : IRunListener
{
    public void Happened(RunState after, RunEvent happened)
    {
        one.Happened(after, happened);
        other.Happened(after, happened);
    }

    public void Said(RunState run, string job, int node, JobEvent.StepOutput output)
    {
        one.Said(run, job, node, output);
        other.Said(run, job, node, output);
    }
}
