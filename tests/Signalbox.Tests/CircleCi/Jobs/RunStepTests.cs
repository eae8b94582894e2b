using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Processes;
using Xunit;
using static Signalbox.Tests.CircleCi.Jobs.JobScene;

namespace Signalbox.Tests.CircleCi.Jobs;

public sealed class RunStepTests : IDisposable
{
    private readonly JobScene _scene = new();

    [Fact]
    public async Task A_command_runs_in_bash_and_both_outputs_come_in_their_order()
    {
        var job = await _scene.Run(Sh("echo one; echo two >&2; echo three; echo ${BASH_VERSION:+bash}"));

        Assert.Equal("one\ntwo\nthree\nbash\n", job.Succeeded().Log(0));
    }

    [Theory]
    [InlineData("false; echo not reached")]
    [InlineData("false | cat; echo not reached")]
    public async Task A_command_stops_at_the_first_failure_also_inside_a_pipe(string command)
    {
        var job = await _scene.Run(Sh(command));

        Assert.Equal((TerminalStatus.Failed, ""), (job.Status, job.Log(0)));
        Assert.Equal($"step `{command}` exited with code 1", job.Ending.Problem);
    }

    [Fact]
    public async Task Sh_can_be_asked_for_and_then_no_bash_variable_is_set()
    {
        var job = await _scene.Run(new JobBody { Executor = _scene.Executor, Shell = "/bin/sh -e", Steps = [Sh("echo \"${BASH_VERSION:-sh}\"")] });

        Assert.Equal("sh\n", job.Succeeded().Output);
    }

    [Fact]
    public async Task A_shell_of_the_step_goes_before_that_of_the_job_and_keeps_its_quoted_arguments()
    {
        var steps = Sh("ignored") with { Shell = "/bin/sh -c 'echo \"$0\" of a step'" };
        var job = await _scene.Run(new JobBody { Executor = _scene.Executor, Shell = "/bin/false", Steps = [steps] });

        Assert.EndsWith(".sh of a step\n", job.Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_step_is_a_new_shell()
    {
        var job = await _scene.Run(Sh("mkdir -p sub; cd sub; export LOST=1; f() { :; }"), Sh("basename \"$PWD\"; echo \"${LOST:-unset}\"; type f || true"));

        Assert.StartsWith("project\nunset\n", job.Succeeded().Log(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bash_env_reaches_later_steps_and_not_the_same_one()
    {
        var job = await _scene.Run(Sh("echo 'export KEPT=yes' >> \"$BASH_ENV\"; echo \"${KEPT:-not yet}\""), Sh("echo \"$KEPT\""));

        Assert.Equal("not yet\nyes\n", job.Succeeded().Output);
    }

    [Fact]
    public async Task Standard_input_is_empty() => Assert.Equal("0\n", (await _scene.Run(Sh("cat | wc -c | tr -d ' '"))).Succeeded().Output);

    [Fact]
    public async Task The_working_directory_is_below_a_private_home_and_a_step_may_go_elsewhere()
    {
        var inTheJob = Sh("[[ $PWD == \"$HOME/project\" ]]; echo ~; mkdir -p deep/er");
        var deeper = Sh("basename \"$PWD\"") with { WorkingDirectory = "deep/er" };
        var atHome = Sh("[[ $PWD == \"$HOME\" ]]") with { WorkingDirectory = "~" };

        var job = await _scene.Run(inTheJob, deeper, atHome);

        Assert.Equal($"{job.Assignment.Folder}/home\n", job.Succeeded().Log(0));
        Assert.Equal("er\n", job.Log(1));
    }

    [Fact]
    public async Task A_working_directory_that_is_not_there_fails_the_step_and_is_named()
    {
        var job = await _scene.Run(Sh("true") with { WorkingDirectory = "nowhere" });

        Assert.Equal(TerminalStatus.Failed, job.Status);
        Assert.Contains("working directory that does not exist", job.Ending.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_that_is_not_there_fails_the_step_and_is_named()
    {
        var job = await _scene.Run(Sh("true") with { Shell = "/bin/no-such-shell -e" });

        Assert.Contains("`/bin/no-such-shell`", job.Ending.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_is_reported_as_a_shell_would()
    {
        var job = await _scene.Run(Sh("kill -TERM $$"));

        Assert.Equal(143, Assert.Single(job.Events.OfType<JobEvent.StepEnded>()).ExitCode);
    }

    [Fact]
    public async Task A_silent_step_is_ended_with_all_it_started()
    {
        var job = await _scene.Run(
            Sh("sleep 300 & echo $! > child; echo begun; sleep 300") with { NoOutputTimeout = TimeSpan.FromMilliseconds(400) },
            Sh("kill -0 \"$(cat child)\" 2>/dev/null && echo alive || echo gone", StepCondition.Always));

        Assert.Equal([StepStatus.TimedOut, StepStatus.Success], job.Steps);
        Assert.Equal("begun\nToo long with no output (exceeded 0.4s): context deadline exceeded\n", job.Log(0));
    }

    [Fact]
    public async Task A_background_step_does_not_hold_the_job_up_and_ends_with_it()
    {
        var job = await _scene.Run(
            Sh("echo $$ > pid; echo serving; sleep 300") with { IsBackground = true },
            Sh("for i in $(seq 200); do [ -s pid ] && break; sleep 0.05; done; kill -0 \"$(cat pid)\"; cat pid"));

        Assert.Equal("serving\n", job.Succeeded().Log(0));
        await HasEnded(job.Log(1));
    }

    [Fact]
    public async Task What_a_step_leaves_running_serves_the_next_one_and_ends_with_the_job()
    {
        var job = await _scene.Run(Sh("nohup sleep 300 > /dev/null 2>&1 & echo $! | tee pid"), Sh("kill -0 \"$(cat pid)\""));

        await HasEnded(job.Succeeded().Log(0));
    }

    [Fact]
    public async Task A_daemon_that_left_its_session_is_found_and_ended()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("found through /proc");

        var job = await _scene.Run(Sh("setsid bash -c 'echo $$ > daemon; exec sleep 300' > /dev/null 2>&1 & for i in $(seq 200); do [ -s daemon ] && break; sleep 0.05; done; cat daemon"));

        await HasEnded(job.Succeeded().Output);
    }

    [Fact]
    public async Task A_failing_step_is_tried_again_in_a_fresh_shell_with_the_files_it_left()
    {
        var job = await _scene.Run(Sh("echo x >> tries; echo \"try $(wc -l < tries | tr -d ' ')\"; [ \"$(wc -l < tries)\" -eq 3 ]") with { AutomaticReruns = 3, RerunDelay = TimeSpan.FromMilliseconds(10) });

        Assert.Equal("try 1\nThe step failed; trying again (1 of 3) in 0 s.\ntry 2\nThe step failed; trying again (2 of 3) in 0 s.\ntry 3\n", job.Succeeded().Output);
    }

    [Fact]
    public async Task A_step_that_never_succeeds_is_tried_no_more_often_than_asked()
    {
        var job = await _scene.Run(Sh("echo x >> \"$HOME/tries\"; false") with { AutomaticReruns = 2 }, Sh("wc -l < ~/tries | tr -d ' '", StepCondition.OnFail));

        Assert.Equal((TerminalStatus.Failed, "3\n"), (job.Status, job.Log(1)));
    }

    /// <summary>A process that was killed may take a moment to go.</summary>
    private static async Task HasEnded(string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await ProcessIdentity.Of(int.Parse(id), limit.Token) is not null)
            await Task.Yield();
    }

    public void Dispose() => _scene.Dispose();
}
