using System.Text.Json;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>A verification, or why there is none, as a member of a delivery's answer in JSON.</summary>
internal static class VerificationAnswer
{
    public static void Write(Utf8JsonWriter writer, Outcome<VerificationReport> verified)
    {
        if (verified.Succeeded(out var seen, out var problems))
        {
            writer.WritePropertyName("verification");
            VerificationJson.Write(writer, seen);
            return;
        }

        writer.WritePropertyName("problems");
        DiagnosticJson.Write(writer, problems);
    }
}
