using System.Runtime.CompilerServices;
using Signalbox.Cli.Commands;
using Signalbox.Diagnostics;
using Signalbox.Sandbox;
using Signalbox.Sandbox.Edge.Daemon;
using Signalbox.Sandbox.Edge.Tracing;
using Signalbox.Sandbox.Emulator;
using Signalbox.Sandbox.Snapshots;
using Xunit;

namespace Signalbox.Tests.Sandbox;

public sealed class DiagnosticPageTests
{
    private static readonly Rule[] Rules =
    [
        SandboxAbsence.NotRunning, SandboxAbsence.Died, SandboxAbsence.DoesNotAnswer,
        PythonWithMoto.Missing, EmulatorLauncher.Unsupported, EmulatorLauncher.NotStarted,
        SnapshotStore.Absent, SnapshotStore.NotOurs, SnapshotStore.OtherBuild, SnapshotStore.BadName,
        StateBuckets.BadName, StateBuckets.Refused,
        SandboxAccount.NotEnded, SandboxAccount.Busy, SandboxAccount.WouldReplace,
        EdgeLauncher.NotRunning, EdgeLauncher.NotStarted, EdgeLauncher.NotEnded, Tracer.Unreadable, SandboxTraceCommand.NotTraceable,
    ];

    [Fact]
    public void Every_rule_of_the_sandbox_has_a_code_and_a_page_of_its_own()
    {
        Assert.Equal(Rules.Length, Rules.Select(rule => rule.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Rules, rule =>
        {
            var page = File.ReadAllText(Path.Combine(Pages(), $"{rule.Code}.md"));
            Assert.StartsWith($"# {rule.Code}: {rule.Title}\n", page, StringComparison.Ordinal);
        });
    }

    private static string Pages([CallerFilePath] string test = "") =>
        Path.Combine(Path.GetDirectoryName(test)!, "..", "..", "..", "docs", "diagnostics");
}
