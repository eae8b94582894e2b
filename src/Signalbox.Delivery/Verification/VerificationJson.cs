using System.Text.Json;
using Signalbox.Delivery.Environments;

namespace Signalbox.Delivery.Verification;

/// <summary>A report for programs; every key is in snake_case and none is left out.</summary>
public static class VerificationJson
{
    public static void Write(Utf8JsonWriter writer, VerificationReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("environment", report.Environment);
        writer.WriteString("target", report.Target.Word());
        writer.WriteString("expected", report.Expected.Word());
        writer.WriteBoolean("healthy", report.IsHealthy);
        writer.WriteString("at", report.At);
        writer.WriteNumber("seconds", Math.Round(report.Elapsed.TotalSeconds, 3));
        writer.WriteString("baseline_taken_at", report.Baseline?.TakenAt.ToString("O"));
        writer.WriteString("baseline_plan", report.Baseline?.Plan);
        writer.WriteStartArray("endpoints");
        foreach (var endpoint in report.Endpoints)
            Write(writer, report, endpoint);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, VerificationReport report, EndpointReport endpoint)
    {
        writer.WriteStartObject();
        writer.WriteString("name", endpoint.Endpoint.Name);
        writer.WriteString("url", endpoint.Endpoint.Url.AbsoluteUri);
        writer.WriteString("verdict", endpoint.Verdict.Words.Replace(' ', '_'));
        writer.WriteString("hop", endpoint.Verdict.Failing?.Hop.Word());
        writer.WriteString("message", endpoint.Verdict is Verdict.Inconclusive unseen ? unseen.Why : endpoint.Verdict.Failing?.Message);
        writer.WriteString("resource", endpoint.Verdict.Failing?.Resource);
        writer.WriteString("before", endpoint.Verdict is Verdict.AlreadyBroken already ? $"{already.Before.Hop.Word()}: {already.Before.Message}" : null);
        writer.WriteNumber("probes", endpoint.Probes);
        writer.WriteNumber("seconds", Math.Round(endpoint.Elapsed.TotalSeconds, 3));
        WriteFacts(writer, endpoint.Latest, report.At);
        writer.WriteStartArray("hops");
        foreach (var hop in HopWords.All)
        {
            writer.WriteStartObject();
            writer.WriteString("hop", hop.Word());
            writer.WriteString("state", Word(endpoint.StateOf(hop, report.Expected)));
            if (endpoint.Latest?.Times.Of(hop) is { } time)
                writer.WriteNumber("milliseconds", Math.Round(time.TotalMilliseconds, 1));
            else
                writer.WriteNull("milliseconds");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFacts(Utf8JsonWriter writer, Probe? probe, DateTimeOffset now)
    {
        if (probe?.Root is Reply.Answered { Answer: var answer })
            writer.WriteNumber("status", answer.Status);
        else
            writer.WriteNull("status");
        if (probe?.Certificate is not { } certificate)
        {
            writer.WriteNull("certificate");
            return;
        }

        writer.WriteStartObject("certificate");
        writer.WriteStartArray("names");
        foreach (var name in certificate.Names)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
        writer.WriteString("issuer", certificate.Issuer);
        writer.WriteString("expires", certificate.NotAfter);
        writer.WriteNumber("days_left", certificate.DaysLeft(now));
        writer.WriteEndObject();
    }

    private static string Word(HopState state) => state switch
    {
        HopState.Passed => "passed",
        HopState.Broken => "broken",
        HopState.NotReached => "not_reached",
        HopState.NotProbed => "not_probed",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
