using System.Text;
using System.Text.Json;
using Signalbox.Sandbox;

namespace Signalbox.Cli.Commands;

/// <summary>A trace as a person and as a program reads it.</summary>
internal static class SandboxTraceAnswer
{
    private const int StationWidth = 18;

    public static string Text(SandboxTrace trace, Terminal terminal)
    {
        var text = new StringBuilder($"{trace.Url}\n\n");
        foreach (var hop in trace.Hops)
        {
            var mark = hop.Problem is null ? terminal.Paint(Colour.Green, "ok    ") : terminal.Paint(Colour.Red, "broken");
            text.Append($"  {mark}  {hop.Station.PadRight(StationWidth)}  {hop.Name} {hop.Found}{(hop.Problem is { } problem ? $": {problem.Why}" : "")}\n");
            if (hop.Resource is not null)
                text.Append($"          {"".PadRight(StationWidth)}  {hop.Resource}\n");
        }

        var visitor = IsRefused(trace) ? "A browser refuses the certificate; a visitor who goes on" : "A visitor";
        text.Append($"\n{visitor} gets {Says(trace.Answer)}.\n");
        text.Append(trace.Broken switch
        {
            null => "The application is reached.",
            { Problem: { Mend: { } mend } } broken => $"It breaks at the {broken.Station}. Mend {mend}.",
            var broken => $"It breaks at the {broken.Station}, which no state of Terraform knows.",
        });
        return text.ToString();
    }

    public static void Write(SandboxTrace trace, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("url", trace.Url.ToString());
        writer.WriteBoolean("reaches_application", trace.Broken is null);
        writer.WriteStartArray("hops");
        foreach (var hop in trace.Hops)
            Write(hop, writer);
        writer.WriteEndArray();
        writer.WriteStartObject("answer");
        writer.WriteNumber("status", trace.Answer.Status);
        writer.WriteString("by", trace.Answer.By);
        writer.WriteString("location", trace.Answer.Location);
        writer.WriteString("page", trace.Answer.Page);
        writer.WriteEndObject();
        writer.WriteString("load_balancer", trace.LoadBalancer);
        writer.WriteString("service", trace.Service);
        writer.WriteString("health_path", trace.HealthPath);
        writer.WriteEndObject();
    }

    private static void Write(TraceHop hop, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("station", hop.Station.Replace(' ', '_'));
        writer.WriteString("name", hop.Name);
        writer.WriteString("found", hop.Found);
        writer.WriteString("resource", hop.Resource);
        if (hop.Problem is { } problem)
        {
            writer.WriteStartObject("problem");
            writer.WriteString("why", problem.Why);
            writer.WriteString("mend", problem.Mend);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("problem");
        }

        writer.WriteEndObject();
    }

    /// <summary>Where no distribution answers, CloudFront shows its own certificate, which is for no name but its own.</summary>
    private static bool IsRefused(SandboxTrace trace) => trace.Hops.Any(hop => hop is { Station: "distribution" or "viewer certificate", Problem: not null });

    private static string Says(TraceAnswer answer)
    {
        var where = answer.Location is null ? "" : $" to {answer.Location}";
        var page = answer.Page is null ? "" : $", shown as {answer.Page}";
        return $"{answer.Status} from {answer.By}{where}{page}";
    }
}
