using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform;

/// <summary>What can go wrong with Terraform itself.</summary>
internal static class TerraformRules
{
    public static readonly Rule NotFound = new("SB4001", Severity.Error, "Terraform is not installed");
    public static readonly Rule TooOld = new("SB4002", Severity.Error, "Terraform is too old");
    public static readonly Rule Unusable = new("SB4003", Severity.Error, "Terraform does not answer");
    public static readonly Rule Refused = new("SB4004", Severity.Error, "Terraform reported an error");
    public static readonly Rule Warned = new("SB4005", Severity.Warning, "Terraform reported a warning");
    public static readonly Rule Failed = new("SB4006", Severity.Error, "Terraform failed without saying why");
    public static readonly Rule Locked = new("SB4007", Severity.Error, "The state is locked");
    public static readonly Rule Interrupted = new("SB4008", Severity.Error, "Terraform was interrupted");
    public static readonly Rule PlanIsStale = new("SB4009", Severity.Error, "The state changed after the plan was made");
    public static readonly Rule LeavesTheSandbox = new("SB4011", Severity.Error, "The configuration could leave the sandbox");
    public static readonly Rule StateIsShared = new("SB4012", Severity.Error, "Two environments share one state");
    public static readonly Rule IsUnheeded = new("SB4013", Severity.Error, "A variable tells Terraform something else");
    public static readonly Rule EndpointGone = new("SB4010", Severity.Error, "The account's endpoint stopped answering");
}
