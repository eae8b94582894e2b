using System.Text;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.Cli.Running;

/// <summary>Prints the logs of steps, each from where it was left the last time. What was printed was masked when it was written.</summary>
internal sealed class LogReader(Terminal terminal, bool asJson)
{
    private readonly Dictionary<string, long> _read = new(StringComparer.Ordinal);
    private string? _heading;

    public bool HasPrinted { get; private set; }

    public async Task Print(string job, int? node, StepState step, CancellationToken cancellation)
    {
        if (!File.Exists(step.LogFile))
            return;
        await using var log = new FileStream(step.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        log.Position = Math.Min(_read.GetValueOrDefault(step.LogFile), log.Length);
        using var reader = new StreamReader(log, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        var text = await reader.ReadToEndAsync(cancellation);
        // A line that is being written is printed when it is whole, or when its step has ended.
        var whole = step.Ending is null ? text.LastIndexOf('\n') + 1 : text.Length;
        if (whole == 0 && _read.ContainsKey(step.LogFile))
            return;
        _read[step.LogFile] = log.Position - Encoding.UTF8.GetByteCount(text.AsSpan(whole));
        Heading(node is { } index ? $"{job}, node {index}" : job, step);
        foreach (var line in text[..whole].TrimEnd('\n').Split('\n'))
            Line(job, node, step, line.TrimEnd('\r'));
    }

    private void Heading(string job, StepState step)
    {
        HasPrinted = true;
        var heading = $"=== {job}: {step.Index} {step.Title}";
        if (asJson || heading == _heading)
            return;
        _heading = heading;
        terminal.Answer(terminal.Paint(Colour.Bold, heading));
    }

    private void Line(string job, int? node, StepState step, string line)
    {
        if (!asJson)
        {
            terminal.Answer(line);
            return;
        }

        terminal.JsonLine(json =>
        {
            json.WriteStartObject();
            json.WriteString("job"u8, job);
            json.WriteNumber("node"u8, node ?? 0);
            json.WriteNumber("step"u8, step.Index);
            json.WriteString("title"u8, step.Title);
            json.WriteString("line"u8, line);
            json.WriteEndObject();
        });
    }
}
