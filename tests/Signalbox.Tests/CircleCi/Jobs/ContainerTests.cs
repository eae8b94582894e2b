using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Xunit;
using static Signalbox.Tests.CircleCi.Jobs.JobScene;

namespace Signalbox.Tests.CircleCi.Jobs;

public sealed class ContainerTests : IClassFixture<BusyboxImage>, IDisposable
{
    private readonly BusyboxImage _image;
    private readonly JobScene _scene = new();

    public ContainerTests(BusyboxImage image)
    {
        image.NeedIt();
        _image = image;
        _scene.Policy = new JobPolicy { Executor = ExecutorChoice.Container };
        _scene.Executor = new JobExecutor.Docker([new DockerImage(BusyboxImage.Name) { Environment = [new("OF_IMAGE", "image"), new("BOTH", "image")] }]);
    }

    [Fact]
    public async Task Steps_run_in_the_image_with_its_shell_its_home_and_all_variables()
    {
        _scene.Variables = [new("GIVEN", "two\nlines of \"it's\" $HOME"), new("DOCKER_HOST", "unix:///nowhere"), new("BOTH", "given")];

        var job = await _scene.Run(new JobBody
        {
            Executor = _scene.Executor,
            Environment = [new("OF_JOB", "job")],
            Steps = [Sh("echo \"$PWD $HOME ${BASH_VERSION:-no bash}\"; echo one; echo two >&2; echo three"), Sh("echo \"$GIVEN|$OF_JOB|$OF_IMAGE|$BOTH|$DOCKER_HOST|$CIRCLE_JOB\"")],
        });

        Assert.Equal($"{BusyboxImage.Home}/project {BusyboxImage.Home} no bash\none\ntwo\nthree\n", job.Succeeded().Log(0));
        Assert.Equal("two\nlines of \"it's\" $HOME|job|image|image|unix:///nowhere|build\n", job.Log(1));
        Assert.Empty(await Containers());
    }

    [Fact]
    public async Task A_failure_an_exit_code_and_a_halt_are_seen_from_outside()
    {
        var failed = await _scene.Run(Sh("exit 7"), Sh("true"));
        var halted = await _scene.Run(Sh("circleci-agent step halt; echo still here"), Sh("false"));

        Assert.Equal((TerminalStatus.Failed, 7), (failed.Status, failed.Events.OfType<JobEvent.StepEnded>().First().ExitCode));
        Assert.Equal([StepStatus.Success, StepStatus.Skipped], halted.Succeeded().Steps);
    }

    [Fact]
    public async Task A_service_answers_on_localhost_and_under_its_name()
    {
        var service = new DockerImage(BusyboxImage.Name)
        {
            Name = "web",
            Entrypoint = ["/bin/sh", "-c"],
            Command = ["mkdir -p /www; echo from the service > /www/index.html; exec httpd -f -p 8123 -h /www"],
        };
        _scene.Executor = new JobExecutor.Docker([new DockerImage(BusyboxImage.Name), service]);

        var job = await _scene.Run(Sh("for i in $(seq 100); do wget -q -O - http://localhost:8123/ && break; sleep 0.1; done; wget -q -O - http://web:8123/"));

        Assert.Equal("from the service\nfrom the service\n", job.Succeeded().Log(0));
        Assert.Empty(await Containers());
    }

    [Fact]
    public async Task What_services_say_is_kept_as_steps_that_decide_nothing()
    {
        DockerImage Service(string script) => new(BusyboxImage.Name) { Entrypoint = ["/bin/sh", "-c"], Command = [script] };
        _scene.Secrets = ["p4ssw0rd-of-the-database"];
        _scene.Executor = new JobExecutor.Docker(
        [
            new DockerImage(BusyboxImage.Name),
            Service("echo ready; echo p4ssw0rd-of-the-database >&2; sleep 600"),
            Service("echo cannot bind; exit 3"),
        ]);

        var job = await _scene.Run(Sh("sleep 1"), Sh("false"));

        Assert.Equal([StepStatus.Success, StepStatus.Failed, StepStatus.Success, StepStatus.Success], job.Steps);
        Assert.Equal(["ready", "****"], job.Log(2).Split('\n', StringSplitOptions.RemoveEmptyEntries).OrderDescending());
        Assert.Equal("cannot bind\nThe container ended with 3 while the job ran.\n", job.Log(3));
        Assert.Equal($"Container {BusyboxImage.Name}", job.Events.OfType<JobEvent.StepStarted>().Last().Title);
        Assert.Contains("false", job.Ending.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_travel_in_and_out()
    {
        await _scene.MakeRepository("echo one > 'a file'; git add .; git commit -qm one");

        var first = await _scene.Run(
            new Step.Checkout(".", "blobless", null) { Title = "checkout" },
            Sh("cat 'a file'; test -d .git; mkdir -p ~/.tool out; echo t > ~/.tool/t; echo r > out/r; chmod 700 out/r; echo '<testsuite><testcase name=\"a\"/></testsuite>' > out/r.xml"),
            new Step.SaveCache("k-{{ checksum \"a file\" }}", ["~/.tool"]) { Title = "save" },
            new Step.PersistToWorkspace(".", ["o*"]) { Title = "persist" },
            new Step.StoreArtifacts("out", "d") { Title = "artifacts" },
            new Step.StoreTestResults("out") { Title = "tests" });
        var second = await _scene.Run(
            new JobBody
            {
                Executor = _scene.Executor,
                Steps = [new Step.AttachWorkspace("/ws") { Title = "attach" }, new Step.RestoreCache(["k-"]) { Title = "restore" }, Sh("cat /ws/out/r ~/.tool/t; test -x /ws/out/r")],
            },
            "test",
            upstream: [.. _scene.Layers]);

        Assert.Equal("one\n", first.Succeeded().Log(1));
        Assert.Equal(["d/r", "d/r.xml"], first.Events.OfType<JobEvent.ArtifactStored>().Select(artifact => artifact.Path).Order(StringComparer.Ordinal));
        Assert.Equal(new JobEvent.TestsStored(1, 0, 0), Assert.Single(first.Events.OfType<JobEvent.TestsStored>()));
        Assert.Equal("r\nt\n", second.Succeeded().Log(2));
    }

    [Fact]
    public async Task A_user_of_the_config_runs_the_steps()
    {
        _scene.Executor = new JobExecutor.Docker([new DockerImage(BusyboxImage.Name) { User = "circleci" }]);

        var job = await _scene.Run(new JobBody { Executor = _scene.Executor, WorkingDirectory = "/tmp/work", Steps = [Sh("id -u; echo \"$PWD\"; echo 'export LATER=1' >> \"$BASH_ENV\"")] });

        Assert.Equal("3434\n/tmp/work\n", job.Succeeded().Log(0));
    }

    [Fact]
    public async Task A_silent_step_is_ended_inside_and_what_it_left_in_the_background_holds_nothing_up()
    {
        var job = await _scene.Run(
            Sh("sleep 300 & echo begun"),
            Sh("echo silent; sleep 301") with { NoOutputTimeout = TimeSpan.FromSeconds(1) },
            Sh("ps | grep -c '[s]leep 301' || true; echo looked", StepCondition.Always));

        Assert.Equal([StepStatus.Success, StepStatus.TimedOut, StepStatus.Success], job.Steps);
        Assert.DoesNotContain("1\n", job.Log(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_cannot_be_got_is_named_with_the_engine_s_words()
    {
        _scene.Executor = new JobExecutor.Docker([new DockerImage("localhost/signalbox-test-no-such:1")]);

        var job = await _scene.Run(Sh("true"));

        Assert.Equal(TerminalStatus.Failed, job.Status);
        Assert.StartsWith("the image `localhost/signalbox-test-no-such:1` is not on this machine and cannot be pulled", job.Ending.Problem, StringComparison.Ordinal);
        Assert.Contains("(SB1502)", job.Ending.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_container_is_kept_on_request_until_its_leftovers_are_ended()
    {
        _scene.Policy = _scene.Policy with { KeepFailed = true };

        var job = await _scene.Run(Sh("echo evidence > left; false"));

        var name = Assert.Single(await Containers());
        Assert.EndsWith($"exec -it --workdir {BusyboxImage.Home}/project {name} /bin/sh", job.Ending.ShellCommand, StringComparison.Ordinal);
        Assert.Equal("evidence", await _scene.Bash(job.Ending.ShellCommand!.Replace(" -it ", " ", StringComparison.Ordinal) + " -c 'cat left'"));

        await _scene.Runner.EndLeftovers([.. job.Events.OfType<JobEvent.ProcessStarted>()], TestContext.Current.CancellationToken);
        Assert.Empty(await Containers());

        async Task<string[]> Containers() =>
            [.. (await _scene.Bash($"{_image.Engine} ps -a --format '{{{{.Names}}}}'")).Split('\n').Where(found => job.Events.OfType<JobEvent.ProcessStarted>().Any(started => started.ContainerName == found))];
    }

    private async Task<IEnumerable<string>> Containers() =>
        (await _scene.Bash($"{_image.Engine} ps -a --format '{{{{.Names}}}} {{{{.Mounts}}}}'")).Split('\n').Where(line => line.Contains(_scene.Root, StringComparison.Ordinal));

    public void Dispose() => _scene.Dispose();
}
