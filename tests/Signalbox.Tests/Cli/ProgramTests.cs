using System.CommandLine;
using System.Runtime.InteropServices;
using Signalbox.Cli;
using Signalbox.Cli.Help;
using Signalbox.Cli.Signals;
using Xunit;

namespace Signalbox.Tests.Cli;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("docter", "error: `docter` is not a command of `signalbox`; did you mean `doctor`?", "signalbox")]
    [InlineData("frobnicate", "error: `frobnicate` is not a command of `signalbox`", "signalbox")]
    [InlineData("doctor --jsn", "error: `--jsn` is not an option of `signalbox doctor`; did you mean `--json`?", "signalbox doctor")]
    [InlineData("doctor now", "error: `now` is not an argument of `signalbox doctor`", "signalbox doctor")]
    [InlineData("sandbox upp", "error: `upp` is not a command of `signalbox sandbox`; did you mean `up`?", "signalbox sandbox")]
    [InlineData("sandbox", "error: required command was not provided", "signalbox sandbox")]
    [InlineData("completion", "error: required argument `shell` missing for command: `completion`", "signalbox completion")]
    [InlineData("completion tcsh", "error: argument `tcsh` not recognized; it must be one of `bash` `zsh` `fish`", "signalbox completion")]
    public async Task A_wrong_line_is_explained_on_standard_error_with_exit_2(string line, string message, string command)
    {
        var program = new StartedProgram();

        Assert.Equal(ExitCode.BadArguments, await program.Run(line.Split(' ')));

        Assert.Empty(program.Output);
        Assert.Equal($"{message}\nhint: run `{command} --help`\n", program.Error);
    }

    [Fact]
    public async Task An_argument_that_begins_with_an_at_sign_names_no_file()
    {
        var program = new StartedProgram();

        Assert.Equal(ExitCode.BadArguments, await program.Run("doctor", "@/etc/hostname"));
        Assert.Contains("`@/etc/hostname` is not an argument", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bug_of_ours_is_one_message_and_a_file_with_the_whole_story()
    {
        var folder = Directory.CreateTempSubdirectory("signalbox-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, ".git"));
        var program = new StartedProgram { Folder = folder, Extra = Acting(_ => throw new InvalidOperationException("the lever is stuck")) };

        Assert.Equal(ExitCode.OurBug, await program.Run("act"));

        var log = Assert.Single(Directory.GetFiles(Path.Combine(folder, ".signalbox", "logs")));
        Assert.Equal($"error: signalbox has a bug: the lever is stuck\nhint: what happened is in {log}; please report it with that file\n", program.Error);
        Assert.Contains("InvalidOperationException: the lever is stuck", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_bug_is_told_in_full_when_no_file_can_hold_it()
    {
        var program = new StartedProgram
        {
            Variables = { ["TMPDIR"] = "/dev/null" },
            Extra = Acting(_ => throw new InvalidOperationException("the lever is stuck")),
        };

        Assert.Equal(ExitCode.OurBug, await program.Run("act"));
        Assert.Contains("   at ", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_ends_with_130()
    {
        using var interruption = new Interruption(atTerminal: true, _ => { });
        var program = new StartedProgram
        {
            Interruption = interruption,
            Extra = Acting(async cancellation =>
            {
                interruption.Receive(PosixSignal.SIGINT);
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            }),
        };

        Assert.Equal(ExitCode.Interrupted, await program.Run("act"));
        Assert.Equal("interrupted\n", program.Error);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_bug()
    {
        var program = new StartedProgram { Variables = { ["TMPDIR"] = "/dev/null" }, Extra = Acting(_ => throw new OperationCanceledException()) };

        Assert.Equal(ExitCode.OurBug, await program.Run("act"));
    }

    [Fact]
    public async Task The_version_is_the_newest_heading_of_the_changelog()
    {
        var (version, changelog) = (new StartedProgram(), new StartedProgram());

        Assert.Equal(ExitCode.Done, await version.Run("--version"));
        Assert.Equal(ExitCode.Done, await changelog.Run("--changelog"));

        var newest = changelog.Output.Split('\n').First(line => line.StartsWith("## ", StringComparison.Ordinal));
        Assert.Equal($"{newest[3..]}\n", version.Output);
        Assert.Equal($"{Release.Version}\n", version.Output);
    }

    private static Command Acting(Func<CancellationToken, Task> act)
    {
        var command = new Command("act", "");
        command.SetAction((_, cancellation) => act(cancellation));
        return command;
    }
}
