using System.Diagnostics;
using Signalbox.Processes;
using Signalbox.Sandbox;
using Xunit;
using static Signalbox.Tests.Sandbox.TemporaryRepository;

namespace Signalbox.Tests.Sandbox;

public sealed class SandboxLifeTests
{
    [Fact]
    public async Task Up_twice_is_one_sandbox_and_down_leaves_nothing()
    {
        await using var repository = new TemporaryRepository();

        var first = await repository.Up(buckets: "state");
        var second = await repository.Up(buckets: ["state", "more-state"]);

        Assert.False(first.WasAlreadyUp);
        Assert.True(second.WasAlreadyUp);
        Assert.Equal(first.ProcessId, second.ProcessId);
        Assert.True(await HasBucket(second, "state"));
        Assert.True(await HasBucket(second, "more-state"));
        Assert.IsType<SandboxStatus.Up>(await repository.Account.Status(Cancellation));

        var end = Value(await repository.Account.Down(repository.Said.Add, Cancellation));

        Assert.Equal(first.ProcessId, end.ProcessId);
        Assert.Null(await ProcessIdentity.Of(first.ProcessId, Cancellation));
        Assert.False(File.Exists(repository.RecordFile));
        Assert.IsType<SandboxStatus.Down>(await repository.Account.Status(Cancellation));
        Assert.Null(Value(await repository.Account.Down(repository.Said.Add, Cancellation)).ProcessId);
    }

    [Fact]
    public async Task Many_ups_at_once_are_one_sandbox()
    {
        await using var repository = new TemporaryRepository();

        var sandboxes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => repository.Up())));

        Assert.Single(sandboxes.Select(sandbox => sandbox.ProcessId).Distinct());
        Assert.Single(sandboxes, sandbox => !sandbox.WasAlreadyUp);
    }

    [Fact]
    public async Task A_killed_emulator_is_noticed_and_the_next_up_starts_another()
    {
        await using var repository = new TemporaryRepository();
        var first = await repository.Up();
        await Kill(first.ProcessId);

        var dead = Assert.IsType<SandboxStatus.Dead>(await repository.Account.Status(Cancellation));
        var problem = Problem(await repository.Account.Running(Cancellation));
        var second = await repository.Up();

        Assert.Equal(first.ProcessId, dead.ProcessId);
        Assert.Equal("SB5102", problem.Rule.Code);
        Assert.Equal($"the sandbox's emulator (pid {first.ProcessId}) has died, and its account is gone", problem.Message);
        Assert.Contains("signalbox sandbox up", problem.Hint, StringComparison.Ordinal);
        Assert.NotEqual(first.ProcessId, second.ProcessId);
        Assert.Contains(repository.Said, line => line.Contains($"pid {first.ProcessId}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_that_names_a_strangers_process_is_not_trusted_and_the_stranger_lives()
    {
        await using var repository = new TemporaryRepository();
        using var stranger = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
        try
        {
            // All of it is right, even the time of the start; only the process is not ours.
            var identity = await ProcessIdentity.Of(stranger.Id, Cancellation);
            Directory.CreateDirectory(repository.StateFolder);
            await File.WriteAllTextAsync(
                repository.RecordFile,
                $$"""
                {"process": {{stranger.Id}}, "processStarted": "{{identity!.Started}}", "port": 1, "token": "x",
                 "build": "x", "moto": "5.2.1", "startedAt": "2026-01-01T00:00:00+00:00"}
                """,
                Cancellation);

            Assert.IsType<SandboxStatus.Dead>(await repository.Account.Status(Cancellation));
            Assert.Null(Value(await repository.Account.Down(repository.Said.Add, Cancellation)).ProcessId);
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task An_emulator_that_hangs_is_said_to_be_silent_and_reset_replaces_it()
    {
        await using var repository = new TemporaryRepository();
        var first = await repository.Up(buckets: "state");
        await Signal(first.ProcessId, "STOP");

        Assert.Equal("SB5103", Problem(await repository.TryUp()).Rule.Code);
        var second = Value(await repository.Account.Reset(new SandboxRequest(), repository.Said.Add, Cancellation));

        Assert.Null(await ProcessIdentity.Of(first.ProcessId, Cancellation));
        Assert.NotEqual(first.ProcessId, second.ProcessId);
        Assert.False(await HasBucket(second, "state"));
    }

    [Fact]
    public async Task A_lost_record_never_leaves_two_emulators()
    {
        await using var repository = new TemporaryRepository();
        var first = await repository.Up();
        File.Delete(repository.RecordFile);

        var second = await repository.Up();

        Assert.NotEqual(first.ProcessId, second.ProcessId);
        Assert.Null(await ProcessIdentity.Of(first.ProcessId, Cancellation));
    }

    [Fact]
    public async Task A_record_that_is_not_json_counts_as_none()
    {
        await using var repository = new TemporaryRepository();
        Directory.CreateDirectory(repository.StateFolder);
        await File.WriteAllTextAsync(repository.RecordFile, "4711", Cancellation);

        Assert.IsType<SandboxStatus.Down>(await repository.Account.Status(Cancellation));
    }

    [Fact]
    public async Task Everything_wrong_with_a_request_is_said_at_once()
    {
        await using var repository = new TemporaryRepository();

        var refused = Assert.IsType<Signalbox.Diagnostics.Outcome<RunningSandbox>.Failure>(await repository.TryUp("../x", "Upper", "ok-name"));

        Assert.Equal("SB5110 SB5111", string.Join(' ', refused.Problems.Select(problem => problem.Rule.Code)));
    }

    [Fact]
    public async Task A_python_without_moto_is_named()
    {
        await using var repository = new TemporaryRepository(("SIGNALBOX_PYTHON", "/bin/false"));

        var problem = Problem(await repository.TryUp());

        Assert.Equal("SB5104", problem.Rule.Code);
        Assert.Contains("`/bin/false`", problem.Message, StringComparison.Ordinal);
    }

    private static async Task Kill(int process)
    {
        var identity = await ProcessIdentity.Of(process, Cancellation);
        identity!.Kill();
        while (await identity.IsAlive(Cancellation))
            await Task.Yield();
    }

    private static async Task Signal(int process, string name)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", process.ToString()]))!;
        await kill.WaitForExitAsync(Cancellation);
        Assert.Equal(0, kill.ExitCode);
    }
}
