using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Approvals;

/// <summary>A person's word on one sealed plan's digest.</summary>
public sealed record Approval(PlanDigest Digest, string Approver, DateTimeOffset At);
