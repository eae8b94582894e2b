using System.Diagnostics;
using Signalbox.Processes;
using Signalbox.Sandbox.Edge;
using Signalbox.Sandbox.Edge.Daemon;
using Xunit;
using static Signalbox.Tests.Sandbox.TemporaryRepository;

namespace Signalbox.Tests.Sandbox.Edge;

public sealed class EdgeLifeTests
{
    [Fact]
    public async Task It_lives_and_ends_with_the_sandbox()
    {
        await using var repository = new TemporaryRepository();
        var first = Value((await repository.Up()).Edge);
        var second = Value((await repository.Up()).Edge);

        await repository.Account.Down(repository.Said.Add, Cancellation);

        Assert.Equal(first.ProcessId, second.ProcessId);
        Assert.Null(await ProcessIdentity.Of(first.ProcessId, Cancellation));
        Assert.False(File.Exists(Folder(repository).RecordFile));
    }

    [Fact]
    public async Task A_killed_one_is_said_to_have_died_and_the_next_up_starts_another_with_the_same_authority()
    {
        await using var repository = new TemporaryRepository();
        var first = Value((await repository.Up()).Edge);
        var authority = await File.ReadAllTextAsync(first.AuthorityFile, Cancellation);
        (await ProcessIdentity.Of(first.ProcessId, Cancellation))!.Kill();
        await Gone(first.ProcessId);

        var problem = Problem(Value(await repository.Account.Running(Cancellation)).Edge);
        var second = await repository.Up();

        Assert.Equal(("SB5200", $"the sandbox's edge (pid {first.ProcessId}) has died"), (problem.Rule.Code, problem.Message));
        Assert.True(second.WasAlreadyUp);
        Assert.NotEqual(first.ProcessId, Value(second.Edge).ProcessId);
        Assert.Equal(authority, await File.ReadAllTextAsync(first.AuthorityFile, Cancellation));
    }

    [Fact]
    public async Task One_that_hangs_is_replaced()
    {
        await using var repository = new TemporaryRepository();
        var first = Value((await repository.Up()).Edge);
        using (var stop = Process.Start(new ProcessStartInfo("kill", ["-STOP", $"{first.ProcessId}"]))!)
            await stop.WaitForExitAsync(Cancellation);

        var second = Value((await repository.Up()).Edge);

        Assert.NotEqual(first.ProcessId, second.ProcessId);
        Assert.Null(await ProcessIdentity.Of(first.ProcessId, Cancellation));
    }

    [Fact]
    public async Task One_whose_record_was_taken_away_ends_by_itself_and_never_are_there_two()
    {
        await using var repository = new TemporaryRepository();
        var first = Value((await repository.Up()).Edge);
        File.Delete(Folder(repository).RecordFile);

        var second = Value((await repository.Up()).Edge);

        Assert.NotEqual(first.ProcessId, second.ProcessId);
        Assert.Null(await ProcessIdentity.Of(first.ProcessId, Cancellation));
    }

    [Fact]
    public async Task A_record_that_names_a_strangers_process_is_not_trusted_and_the_stranger_lives()
    {
        await using var repository = new TemporaryRepository();
        using var stranger = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
        try
        {
            var identity = await ProcessIdentity.Of(stranger.Id, Cancellation);
            await new EdgeRecord(stranger.Id, identity!.Started, 1, 1, "token", EdgeProgram.Build, DateTimeOffset.UnixEpoch).Write(Folder(repository), Cancellation);

            await repository.Account.Down(repository.Said.Add, Cancellation);

            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task Without_an_emulator_it_says_so_under_the_right_name_instead_of_guessing()
    {
        await using var repository = new TemporaryRepository();
        var sandbox = await repository.Up();
        (await ProcessIdentity.Of(sandbox.ProcessId, Cancellation))!.Kill();
        await Gone(sandbox.ProcessId);
        using var visitor = new EdgeVisitor(Value(sandbox.Edge));

        var answer = await visitor.Ask("https://any.example.org/");

        Assert.Equal((503, System.Net.Security.SslPolicyErrors.None), (answer.Status, answer.Refused));
        Assert.StartsWith("The sandbox's edge cannot read the emulated account: ", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_may_read_its_key()
    {
        await using var repository = new TemporaryRepository();
        await repository.Up();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder(repository).AuthorityKeyFile));
    }

    private static EdgeFolder Folder(TemporaryRepository repository) => new(Path.Combine(repository.StateFolder, "edge"));

    private static async Task Gone(int process)
    {
        while (await ProcessIdentity.Of(process, Cancellation) is not null)
            await Task.Yield();
    }
}
