using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Parking;

/// <summary>Asks the park guard about plans in the form of Terraform's JSON and gives `deny SB3350` and so on.</summary>
internal static class ParkAnswers
{
    public const string Service = """{"desired_count":1,"name":"web","task_definition":"arn:t:1"}""";
    public const string ParkedService = """{"desired_count":0,"name":"web","task_definition":"arn:t:1"}""";

    public static Movement Park(MovementRecord? interrupted = null, ParkableChanges? more = null) =>
        new(ParkState.Parked, ParkingNames.Default, ParkableChanges.Default.With(more ?? new()), Remembered: null, interrupted);

    public static Movement Unpark(MovementRecord? remembered) =>
        new(ParkState.Unparked, ParkingNames.Default, ParkableChanges.Default, remembered);

    public static async Task<string> ToParking(params string[] changes) => Said(await Reading(Park(), changes));

    public static string Said(PlanReading reading) =>
        string.Join(", ", reading.Findings.Select(finding => $"{finding.Judgement.Word()} {finding.Rule.Code}"));

    /// <param name="members">More members of the plan, such as `"resource_drift":[…]`.</param>
    public static Task<PlanReading> Reading(Movement movement, IEnumerable<string> changes, string members = "", GuardPolicy? policy = null)
    {
        var intent = $$$"""
            "output_changes":{"parked":{"actions":["update"],"before":{{{(movement.To == ParkState.Parked ? "false" : "true")}}},"after":{{{(movement.To == ParkState.Parked ? "true" : "false")}}},"after_unknown":false,"before_sensitive":false,"after_sensitive":false}}
            """;
        return Read(Plan(changes, members.Contains("output_changes", StringComparison.Ordinal) ? members : members.Length == 0 ? intent : $"{members},{intent}"), (policy ?? new GuardPolicy()) with { Movement = movement });
    }

    /// <summary>What the register remembers of parking these.</summary>
    public static async Task<MovementRecord> Parked(params string[] changes) => (await Reading(Park(), changes)).Movement!;
}
