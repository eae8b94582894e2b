using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Builders;

internal static class BuilderRules
{
    public static readonly Rule NoBuilder = new("SB2052", Severity.Error, "There is no program to build images with");
    public static readonly Rule BuildFailed = new("SB2053", Severity.Error, "The image could not be built");
    public static readonly Rule PushFailed = new("SB2054", Severity.Error, "The image could not be pushed");
    public static readonly Rule NoBase = new("SB2058", Severity.Error, "The image to build on cannot be had");
}
