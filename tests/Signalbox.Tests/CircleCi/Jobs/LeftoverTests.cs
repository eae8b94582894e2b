using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Processes;
using Xunit;
using static Signalbox.Tests.CircleCi.Jobs.JobScene;

namespace Signalbox.Tests.CircleCi.Jobs;

/// <summary>What another engine finds on record after one was killed.</summary>
public sealed class LeftoverTests : IDisposable
{
    private readonly JobScene _scene = new();

    [Fact]
    public async Task The_record_is_enough_to_end_a_step_its_children_and_its_daemons()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("daemons are found through /proc");
        var recorded = new List<JobEvent.ProcessStarted>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _scene.Watch = happened =>
        {
            if (happened is JobEvent.ProcessStarted started)
                recorded.Add(started);
            if (happened is JobEvent.StepOutput { LastLine: "ready" })
                ready.SetResult();
        };
        var ids = Path.Combine(_scene.Root, "ids");
        _scene.Variables = [new Variable("IDS", ids)];
        var running = _scene.Run(Sh("trap '' INT; sleep 300 & echo $! >> \"$IDS\"; setsid sleep 300 > /dev/null 2>&1 & echo $! >> \"$IDS\"; sleep 0.2; echo ready; sleep 300"));
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        await _scene.Runner.EndLeftovers([.. recorded], TestContext.Current.CancellationToken);

        foreach (var id in await File.ReadAllLinesAsync(ids, TestContext.Current.CancellationToken))
        {
            while (await ProcessIdentity.Of(int.Parse(id), TestContext.Current.CancellationToken) is not null)
                await Task.Yield();
        }

        Assert.Equal(TerminalStatus.Failed, (await running).Status);
        Assert.Equal(0, recorded[0].ProcessId);
    }

    [Fact]
    public async Task A_process_that_only_has_the_same_id_is_left_alone()
    {
        await using var innocent = new ProcessRunner(TimeProvider.System).Start(new Signalbox.Processes.Sessions.SessionCommand("/bin/sleep", ["300"]) { Folder = "/" });

        await _scene.Runner.EndLeftovers([new JobEvent.ProcessStarted(innocent.Id, "1", ContainerName: null)], TestContext.Current.CancellationToken);

        Assert.NotNull(await ProcessIdentity.Of(innocent.Id, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _scene.Dispose();
}
