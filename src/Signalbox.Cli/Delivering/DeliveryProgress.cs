using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>Tells a person what Terraform is doing: a line for each resource that is done, and a live line for the rest.</summary>
internal sealed class DeliveryProgress(Terminal terminal, Progress progress)
{
    private readonly Dictionary<string, string> _underWay = new(StringComparer.Ordinal);
    private int _refreshed;
    private int _planned;
    private int _done;

    public void Show(TerraformEvent happened)
    {
        switch (happened)
        {
            case TerraformEvent.Refreshed:
                progress.Update($"{++_refreshed} resources read");
                break;
            case TerraformEvent.Planned:
                progress.Update($"{++_planned} changes found");
                break;
            case TerraformEvent.Started started:
                _underWay[started.Address] = started.Action;
                progress.Update(UnderWay());
                break;
            case TerraformEvent.Completed completed:
                _underWay.Remove(completed.Address);
                progress.Line($"{terminal.Paint(Colour.Green, Done(completed.Action).PadRight(8))} {completed.Address}{Took(completed.Elapsed)}");
                _done++;
                progress.Update(UnderWay());
                break;
            case TerraformEvent.Errored errored:
                _underWay.Remove(errored.Address);
                progress.Line($"{terminal.Paint(Colour.Red, "failed".PadRight(8))} {errored.Address}{Took(errored.Elapsed)}");
                break;
            case TerraformEvent.Logged logged:
                progress.Line(logged.Message);
                break;
            case TerraformEvent.Reported { Diagnostic: { Rule.Severity: Severity.Warning } warning }:
                terminal.Report([warning]);
                break;
            default:
                break;
        }
    }

    private string UnderWay() => _underWay.Count == 0
        ? $"{_done} done"
        : $"{_done} done, {_underWay.Count} under way: {string.Join(", ", _underWay.Keys.Take(3))}";

    private static string Took(TimeSpan elapsed) => elapsed.TotalSeconds < 1 ? "" : $" ({Duration.Words(elapsed)})";

    /// <summary>Terraform's words for its actions (JSON UI, `hook.action`), and ours for what comes before them.</summary>
    private static string Done(string action) => action switch
    {
        "create" => "created",
        "update" => "updated",
        "delete" => "deleted",
        "forget" => "forgot",
        "import" => "imported",
        "drain" => "drained",
        _ => action,
    };
}
