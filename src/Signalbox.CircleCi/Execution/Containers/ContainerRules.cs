using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Containers;

/// <summary>Why a job cannot run in a container.</summary>
internal static class ContainerRules
{
    public static Rule NoEngine { get; } = new("SB1501", Severity.Error, "There is no container engine");

    public static Rule ImageNotGot { get; } = new("SB1502", Severity.Error, "A container image cannot be got");

    public static Rule NotStarted { get; } = new("SB1503", Severity.Error, "A container does not start");

    public static Rule NoShell { get; } = new("SB1504", Severity.Error, "A container image cannot run steps");
}
