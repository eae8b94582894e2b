using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>Why a sealed plan is not applied.</summary>
public static class ApplyRules
{
    public static readonly Rule OtherDigest = new("SB3210", Severity.Error, "Another plan was approved");
    public static readonly Rule OtherEnvironment = new("SB3211", Severity.Error, "The plan is for another environment");
    public static readonly Rule OtherTarget = new("SB3212", Severity.Error, "The plan is for another target");
    public static readonly Rule OtherAccount = new("SB3213", Severity.Error, "The plan is for another account");
    public static readonly Rule OtherCommit = new("SB3214", Severity.Error, "The plan was made from another commit");
    public static readonly Rule InputsChanged = new("SB3215", Severity.Error, "Files that the plan was made from have changed");
    public static readonly Rule OtherTerraform = new("SB3216", Severity.Error, "The plan was made by another Terraform");
    public static readonly Rule OtherProviders = new("SB3217", Severity.Error, "The plan was made with other providers");
    public static readonly Rule Denied = new("SB3218", Severity.Error, "The guard denies the plan");
    public static readonly Rule Expired = new("SB3219", Severity.Error, "The plan has expired");

    /// <summary>The one refusal that a person can lift on the spot.</summary>
    public static readonly Rule NotApproved = new("SB3220", Severity.Error, "The plan is not approved");
    public static readonly Rule OtherBackend = new("SB3221", Severity.Error, "The plan's state lies elsewhere");
}
