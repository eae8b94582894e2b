using System.Text;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Delivery.Terraform;

/// <summary>One run of `terraform … -json`: passes its events on as they come and remembers how it went.</summary>
internal sealed class TerraformSession(
    ProcessRunner runner,
    TerraformDiagnostics diagnostics,
    Func<Redactor> redactor,
    Action<TerraformEvent> onEvent)
{
    private readonly TerraformEvents _events = new(diagnostics);
    private readonly List<TerraformEvent.Completed> _completed = [];
    private readonly List<Diagnostic> _errors = [];
    private readonly StringBuilder _otherWords = new();
    private readonly Lock _gate = new();
    private readonly System.Diagnostics.Stopwatch _watch = System.Diagnostics.Stopwatch.StartNew();
    private TerraformEvent.Summary? _totals;
    private ValueList<OutputValue> _outputs = [];

    public Task<Exit> Run(Command command, CancellationToken interrupt) => runner.Run(command, OnLine, interrupt);

    /// <summary>As the other, of a Terraform that goes on when we are killed.</summary>
    public Task<Exit> Run(Command command, OutputRecord record, CancellationToken interrupt) => runner.Run(command, record, OnLine, interrupt);

    /// <summary>Why it failed, or null when it did not.</summary>
    /// <exception cref="OperationCanceledException">It stopped because we asked it to, and had nothing else to say.</exception>
    public ValueList<Diagnostic>? Failure(Exit exit, string verb, CancellationToken interrupt)
    {
        if (exit.Code == 0)
            return null;
        if (exit.WasInterrupted && verb != "apply")
            throw new OperationCanceledException(interrupt);
        if (exit.WasInterrupted)
            return [.. _errors, TerraformRules.Interrupted.Without($"terraform {verb} was asked to stop and stopped: {_completed.Count} changes were made, the state is saved", "plan again to see what is left")];
        if (_errors.Count > 0)
            return [.. _errors];
        return [TerraformRules.Failed.Without($"terraform {verb} ended with {exit.Code}: {_otherWords.ToString().Trim()}", "run it again; if it stays, report it with this message")];
    }

    public ApplyReport Report() =>
        new([.. _completed], _totals ?? new TerraformEvent.Summary("apply", 0, 0, 0), _outputs, _watch.Elapsed);

    private void OnLine(OutputLine line)
    {
        // Both streams are read at once; what listens shall not have to think of that.
        lock (_gate)
        {
            if (line.Source == Output.Error || _events.Parse(line.Text) is not { } happened)
            {
                if (line.Source == Output.Error || !line.Text.StartsWith('{'))
                    _otherWords.AppendLine(redactor().Redact(line.Text));
                return;
            }

            Remember(happened);
            onEvent(happened);
        }
    }

    private void Remember(TerraformEvent happened)
    {
        switch (happened)
        {
            case TerraformEvent.Completed completed:
                _completed.Add(completed);
                break;
            case TerraformEvent.Summary totals:
                _totals = totals;
                break;
            case TerraformEvent.Outputs outputs:
                _outputs = outputs.Values;
                break;
            // Terraform says "execution halted" once for every walk that was stopped.
            case TerraformEvent.Reported { Diagnostic: { Rule.Severity: Severity.Error } problem } when !_errors.Contains(problem):
                _errors.Add(problem);
                break;
            default:
                break;
        }
    }
}
