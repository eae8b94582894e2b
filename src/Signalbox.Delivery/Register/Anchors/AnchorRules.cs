using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register.Anchors;

/// <summary>Why a head is not anchored, or an anchor proves nothing.</summary>
public static class AnchorRules
{
    public static readonly Rule NotThere = new("SB3430", Severity.Error, "There is no such anchor");
    public static readonly Rule NoAnchor = new("SB3431", Severity.Error, "That is no anchor");
    public static readonly Rule DoesNotCount = new("SB3432", Severity.Error, "The anchor's signature does not count");
    public static readonly Rule NotMade = new("SB3433", Severity.Error, "The anchor was not made");
    public static readonly Rule NothingToAnchor = new("SB3434", Severity.Error, "There is nothing to anchor");
}
