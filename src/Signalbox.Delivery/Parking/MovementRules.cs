using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Parking;

/// <summary>What the park guard may say.</summary>
public static class MovementRules
{
    public static readonly Rule NotParking = new("SB3350", Severity.Error, "a change is not part of parking");
    public static readonly Rule AccountDiffers = new("SB3351", Severity.Error, "the account differs from the state where parking would change it");
    public static readonly Rule Stateful = new("SB3352", Severity.Error, "parking would take something stateful away");
    public static readonly Rule ComesBackDifferent = new("SB3353", Severity.Warning, "something would come back other than it was");
    public static readonly Rule NotRemembered = new("SB3354", Severity.Warning, "nobody wrote down what was there before parking");
    public static readonly Rule Rises = new("SB3355", Severity.Warning, "parking would raise a capacity, or cannot say to what it falls");
    public static readonly Rule OutputChanges = new("SB3356", Severity.Error, "an output changes that is not part of parking");
    public static readonly Rule IntentNotKept = new("SB3357", Severity.Error, "the plan does not carry the park intent");

    public static ValueList<Rule> All { get; } =
        [NotParking, AccountDiffers, Stateful, ComesBackDifferent, NotRemembered, Rises, OutputChanges, IntentNotKept];
}
