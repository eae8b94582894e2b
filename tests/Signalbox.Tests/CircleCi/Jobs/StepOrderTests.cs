using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Xunit;
using static Signalbox.Tests.CircleCi.Jobs.JobScene;

namespace Signalbox.Tests.CircleCi.Jobs;

public sealed class StepOrderTests : IDisposable
{
    private readonly JobScene _scene = new();

    [Fact]
    public async Task After_a_failure_only_what_asked_for_it_runs()
    {
        var job = await _scene.Run(
            Sh("echo hello > out.txt"),
            Sh("true", StepCondition.OnFail),
            Sh("false"),
            Sh("true"),
            Sh("true", StepCondition.OnFail),
            Sh("true", StepCondition.Always),
            new Step.StoreArtifacts("out.txt", "kept.txt") { Title = "Storing" },
            new Step.StoreTestResults("nothing") { Title = "Results" });

        Assert.Equal(TerminalStatus.Failed, job.Status);
        Assert.Equal(
            [StepStatus.Success, StepStatus.Skipped, StepStatus.Failed, StepStatus.Skipped, StepStatus.Success, StepStatus.Success, StepStatus.Success, StepStatus.Success],
            job.Steps);
        Assert.Equal("kept.txt", Assert.Single(job.Events.OfType<JobEvent.ArtifactStored>()).Path);
        Assert.Equal("Skipped: an earlier step failed.\n", job.Log(3));
    }

    [Fact]
    public async Task Nothing_runs_after_a_cancel()
    {
        _scene.Watch = happened =>
        {
            if (happened is JobEvent.StepOutput { LastLine: "ready" })
                _scene.Cancel.Cancel();
        };

        var job = await _scene.Run(Sh("trap 'echo asked; exit 3' INT; echo ready; for i in $(seq 600); do sleep 0.1; done"), Sh("true", StepCondition.Always), new Step.StoreArtifacts(".", Destination: null) { Title = "Storing" });

        Assert.Equal(TerminalStatus.Canceled, job.Status);
        Assert.Equal([StepStatus.Canceled, StepStatus.Skipped, StepStatus.Skipped], job.Steps);
        Assert.Equal("ready\nasked\n", job.Log(0));
    }

    [Fact]
    public async Task A_job_may_not_take_longer_than_its_limit()
    {
        _scene.Policy = new JobPolicy { TimeLimit = TimeSpan.FromMilliseconds(400) };

        var job = await _scene.Run(Sh("sleep 300"), Sh("true", StepCondition.Always));

        Assert.Equal((TerminalStatus.Failed, "it took longer than 00:00:00.4000000"), (job.Status, job.Ending.Problem));
        Assert.Equal([StepStatus.Canceled, StepStatus.Skipped], job.Steps);
    }

    [Theory]
    [InlineData("circleci-agent step halt")]
    [InlineData("circleci step halt")]
    [InlineData("circleci task halt")]
    public async Task A_halted_job_finishes_its_step_and_succeeds(string halt)
    {
        var job = await _scene.Run(Sh($"{halt}; echo still here"), Sh("false"), Sh("false", StepCondition.Always));

        Assert.Equal("still here\n", job.Succeeded().Log(0));
        Assert.Equal([StepStatus.Success, StepStatus.Skipped, StepStatus.Skipped], job.Steps);
    }

    [Fact]
    public async Task A_halt_after_a_failure_does_not_make_it_good()
    {
        var job = await _scene.Run(Sh("false"), Sh("circleci-agent step halt", StepCondition.OnFail));

        Assert.Equal(TerminalStatus.Failed, job.Status);
    }

    [Fact]
    public async Task Each_node_knows_its_index_and_a_deploy_step_runs_on_the_first_only()
    {
        var body = new JobBody
        {
            Executor = _scene.Executor,
            Steps = [Sh("echo \"$CIRCLE_NODE_INDEX of $CIRCLE_NODE_TOTAL\""), Sh("true") with { IsDeploy = true }],
        };

        var (first, second) = (await _scene.Run(body, node: 0, total: 2), await _scene.Run(body, node: 1, total: 2));

        Assert.Equal(("0 of 2\n", "1 of 2\n"), (first.Log(0), second.Log(0)));
        Assert.Equal((StepStatus.Success, StepStatus.Skipped), (first.Steps[1], second.Steps[1]));
    }

    [Fact]
    public async Task Steps_of_circleci_s_own_say_what_they_come_to_here_and_fail_nothing()
    {
        var job = await _scene.Run(
            new Step.SetupRemoteDocker(Version: null) { Title = "a" },
            new Step.AddSshKeys(["aa:bb"]) { Title = "b" },
            new Step.InstallSigningBundle { Title = "c" },
            new Step.Unknown("brand_new") { Title = "d" });

        job.Succeeded();
        Assert.All(Enumerable.Range(0, 4), step => Assert.NotEmpty(job.Log(step)));
        Assert.Equal(4, job.Events.OfType<JobEvent.Noted>().Count());
        Assert.Contains("`brand_new`", job.Log(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_for_a_system_that_this_is_not_fails_and_says_so()
    {
        if (OperatingSystem.IsMacOS())
            Assert.Skip("this is macOS");
        _scene.Executor = new JobExecutor.MacOs("15.0");

        var job = await _scene.Run(Sh("true"));

        Assert.Equal((TerminalStatus.Failed, "it needs macOS, and this machine is not one"), (job.Status, job.Ending.Problem));
    }

    [Fact]
    public async Task A_failed_job_is_kept_on_request_with_a_command_that_opens_a_shell_there()
    {
        _scene.Policy = new JobPolicy { KeepFailed = true };
        _scene.Variables = [new Variable("TOKEN", "the-secret-token"), new Variable("PLAIN", "it's plain")];
        _scene.Secrets = ["the-secret-token"];

        var job = await _scene.Run(Sh("echo evidence > left; false"));
        var shell = await _scene.Bash($"echo 'cat left; echo \"$PLAIN\" ${{TOKEN:-no secret}}' | {job.Ending.ShellCommand}");

        Assert.Equal("evidence\nit's plain no secret", shell);
    }

    [Fact]
    public async Task A_job_that_succeeded_leaves_no_working_folder_behind()
    {
        _scene.Policy = new JobPolicy { KeepFailed = true };

        var job = await _scene.Run(Sh("mkdir -p read/only; touch read/only/file; chmod -R a-w read"));

        Assert.Equal((TerminalStatus.Success, null), (job.Status, job.Ending.ShellCommand));
        Assert.Equal(["steps"], Directory.EnumerateDirectories(job.Assignment.Folder).Select(Path.GetFileName));
    }

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Services_that_the_host_does_not_start_are_named()
    {
        _scene.Executor = new JobExecutor.Docker([new DockerImage("cimg/base:stable"), new DockerImage("postgres:17"), new DockerImage("redis:8")]);

        var job = await _scene.Run(JobScene.Sh("true"));

        Assert.Equal(TerminalStatus.Success, job.Ending.Status);
        Assert.Equal(
            "not started on the host executor: `postgres:17`, `redis:8`; `--executor container` starts services",
            Assert.Single(job.Events.OfType<JobEvent.Noted>()).Message);
    }
}
