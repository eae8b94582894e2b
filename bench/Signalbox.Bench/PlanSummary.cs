using System.Text;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Bench;

/// <summary>Reads, judges and renders one plan's JSON, as `signalbox plan` does.</summary>
internal static class PlanSummary
{
    public static async Task<int> Run(string path, string form, TextWriter output, TextWriter error)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: false);
        var outcome = await PlanReader.Read(file, new GuardPolicy(), CancellationToken.None);
        if (!outcome.Succeeded(out var reading, out var problems))
        {
            foreach (var problem in problems)
                await error.WriteAsync(DiagnosticText.Render(problem));
            return 1;
        }

        await output.WriteAsync(Render(reading, form));
        return 0;
    }

    private static string Render(PlanReading reading, string form)
    {
        switch (form)
        {
            case "markdown":
                return PlanSummaryMarkdown.Render(reading.Summary, reading.Findings);
            case "json":
                return Encoding.UTF8.GetString(PlanSummaryJson.Write(reading.Summary, reading.Findings));
            case "sarif":
                using (var sarif = new MemoryStream())
                {
                    GuardSarif.Write(sarif, reading.Findings);
                    return Encoding.UTF8.GetString(sarif.ToArray());
                }

            default:
                return PlanSummaryText.Render(reading.Summary, reading.Findings);
        }
    }
}
