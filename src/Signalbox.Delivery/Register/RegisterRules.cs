using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register;

/// <summary>What can be wrong with a register.</summary>
public static class RegisterRules
{
    public static readonly Rule CannotWrite = new("SB3401", Severity.Error, "The register cannot be written");
    public static readonly Rule CannotRead = new("SB3402", Severity.Error, "The register cannot be read");
    public static readonly Rule EndIsMissing = new("SB3403", Severity.Error, "The end of the register is missing");
    public static readonly Rule Busy = new("SB3404", Severity.Error, "Others keep the register busy");

    public static readonly Rule Altered = new("SB3410", Severity.Error, "An entry of the register was altered");
    public static readonly Rule OutOfPlace = new("SB3411", Severity.Error, "An entry of the register is missing or out of place");
    public static readonly Rule OtherChain = new("SB3412", Severity.Error, "An entry of the register belongs to another chain");
    public static readonly Rule Unfinished = new("SB3413", Severity.Warning, "The last entry of the register was never finished");
    public static readonly Rule NeverBegun = new("SB3414", Severity.Error, "Something was applied that was never begun");
    public static readonly Rule NeverSaid = new("SB3442", Severity.Error, "An apply names somebody who never approved it");
    public static readonly Rule NeverApproved = new("SB3415", Severity.Error, "Something was applied that nobody approved");
}
