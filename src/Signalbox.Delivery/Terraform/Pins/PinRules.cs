using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform.Pins;

/// <summary>What can be wrong with the local that pins an image.</summary>
internal static class PinRules
{
    public static readonly Rule Missing = new("SB2020", Severity.Error, "The local that pins an image does not exist");
    public static readonly Rule Twice = new("SB2021", Severity.Error, "The local that pins an image is defined twice");
    public static readonly Rule NotText = new("SB2022", Severity.Error, "The local that pins an image is not one quoted string");
    public static readonly Rule NotLiteral = new("SB2023", Severity.Error, "The tag of a pinned image is not written out");
    public static readonly Rule OtherRepository = new("SB2024", Severity.Error, "A local pins an image of another repository");
    public static readonly Rule Unreadable = new("SB2025", Severity.Error, "A Terraform file is not UTF-8 text");
    public static readonly Rule CannotWrite = new("SB2026", Severity.Error, "A pin cannot be written");
}
