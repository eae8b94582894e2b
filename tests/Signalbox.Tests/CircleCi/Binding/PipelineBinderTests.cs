using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Compilation.Binding;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.CircleCi.Binding;

public sealed class PipelineBinderTests
{
    [Fact]
    public void A_job_keeps_its_executor_its_environment_and_its_steps()
    {
        var body = Body("""
            docker:
              - image: cimg/base:1
                environment: {IN_IMAGE: yes}
                auth: {username: me, password: $SECRET}
              - {image: "postgres:16", name: db, command: "postgres -c 'a b'", entrypoint: [x, y], user: u}
            environment:
              - FIRST: 1
              - SECOND=a=b
              - {THIRD: true, FOURTH: null, FIFTH: "true", FIRST: 2}
            working_directory: ~/app
            shell: /bin/sh -e
            parallelism: 3
            resource_class: large
            retention: {caches: 3d}
            steps: [checkout]
            """);

        Assert.Equal(
            new JobBody
            {
                Executor = new JobExecutor.Docker(
                [
                    new DockerImage("cimg/base:1") { Environment = [new("IN_IMAGE", "1")], Credentials = [new("username", "me"), new("password", "$SECRET")] },
                    new DockerImage("postgres:16") { Name = "db", Command = ["postgres", "-c", "a b"], Entrypoint = ["x", "y"], User = "u" },
                ]),
                Environment = [new("FIRST", "2"), new("SECOND", "a=b"), new("THIRD", "1"), new("FOURTH", ""), new("FIFTH", "true")],
                WorkingDirectory = "~/app",
                Shell = "/bin/sh -e",
                Parallelism = 3,
                ResourceClass = "large",
                CacheRetention = TimeSpan.FromDays(3),
                Steps = [new Step.Checkout(".", "blobless", null) { Title = "Checkout code" }],
            },
            body);
    }

    [Theory]
    [InlineData("machine: true", "default")]
    [InlineData("machine: {image: 'ubuntu-2204:current'}", "ubuntu-2204:current")]
    public void A_machine_has_an_image(string machine, string image) =>
        Assert.Equal(new JobExecutor.Machine(image), Body($"{machine}\nsteps: [checkout]").Executor);

    [Fact]
    public void A_run_step_has_all_its_keys()
    {
        var step = Assert.Single(Body("""
            machine: true
            steps:
              - run:
                  name: Named
                  command: |
                    first
                    second
                  shell: [/bin/bash, -c]
                  environment: {A: false}
                  working_directory: sub
                  background: true
                  no_output_timeout: 1.25h
                  max_auto_reruns: 2
                  auto_rerun_delay: 10s
                  when: on_fail
            """).Steps);

        Assert.Equal(
            new Step.Run("first\nsecond\n")
            {
                Title = "Named",
                Shell = "/bin/bash -c",
                Environment = [new("A", "0")],
                WorkingDirectory = "sub",
                IsBackground = true,
                NoOutputTimeout = TimeSpan.FromMinutes(75),
                AutomaticReruns = 2,
                RerunDelay = TimeSpan.FromSeconds(10),
                When = StepCondition.OnFail,
            },
            step);
    }

    [Theory]
    [InlineData("run: make test", "make test", "make test")]
    [InlineData("run: {command: \"#!/bin/bash\\n\\n  make\\n\"}", "#!/bin/bash\n\n  make\n", "make")]
    public void A_run_step_without_a_name_is_called_by_its_first_line(string step, string command, string title) =>
        Assert.Equal(new Step.Run(command) { Title = title }, Assert.Single(Body($"machine: true\nsteps: [{{{step}}}]").Steps));

    public static TheoryData<string, Step> OtherSteps => new()
    {
        { "checkout: {path: there, method: shallow, depth: 3}", new Step.Checkout("there", "shallow", 3) { Title = "Checkout code" } },
        { "save_cache: {key: k, paths: [a, b], when: always, name: N}", new Step.SaveCache("k", ["a", "b"]) { Title = "N", When = StepCondition.Always } },
        { "restore_cache: {keys: [b, c], key: a}", new Step.RestoreCache(["a", "b", "c"]) { Title = "Restoring Cache" } },
        { "persist_to_workspace: {root: r, paths: .}", new Step.PersistToWorkspace("r", ["."]) { Title = "Persisting to Workspace" } },
        { "attach_workspace: {at: /tmp/ws}", new Step.AttachWorkspace("/tmp/ws") { Title = "Attaching Workspace" } },
        { "store_artifacts: {path: p, destination: d}", new Step.StoreArtifacts("p", "d") { Title = "Uploading artifacts" } },
        { "store_test_results: {path: p}", new Step.StoreTestResults("p") { Title = "Uploading test results" } },
        { "setup_remote_docker: {version: default}", new Step.SetupRemoteDocker("default") { Title = "Setup Remote Docker" } },
        { "setup_remote_docker", new Step.SetupRemoteDocker(null) { Title = "Setup Remote Docker" } },
        { "add_ssh_keys: {fingerprints: [aa]}", new Step.AddSshKeys(["aa"]) { Title = "Installing additional SSH keys" } },
        { "install_signing_bundle", new Step.InstallSigningBundle { Title = "Installing signing bundle" } },
        { "deploy: {command: x}", new Step.Run("x") { Title = "x", IsDeploy = true } },
        { "brand_new: {a: 1}", new Step.Unknown("brand_new") { Title = "brand_new" } },
    };

    [Theory]
    [MemberData(nameof(OtherSteps))]
    public void Each_kind_of_step_is_known(string yaml, Step step) =>
        Assert.Equal(step, Assert.Single(Body($"machine: true\nsteps:\n  - {yaml}\n").Steps));

    [Fact]
    public void A_workflow_has_jobs_of_each_kind_with_requirements_and_contexts()
    {
        var pipeline = Bind("""
            version: 2
            jobs:
              a: {machine: true, steps: [checkout]}
              b: {machine: true, steps: [checkout]}
              nothing: {type: no-op}
              take: {type: lock, key: prod}
            workflows:
              version: 2
              main:
                max_auto_reruns: 2
                triggers: [{schedule: {cron: "0 0 * * *"}}]
                jobs:
                  - a
                  - hold: {type: approval, requires: a}
                  - b: {requires: [hold, a: [failed, success], take: terminal], context: [one, two], serial-group: prod}
                  - nothing: {context: single}
                  - take
            """);

        var workflow = Assert.Single(pipeline.Workflows);
        Assert.Equal(("main", 2, true), (workflow.Name, workflow.AutomaticReruns, workflow.IsScheduled));
        Assert.Equal([JobKind.Build, JobKind.Approval, JobKind.Build, JobKind.NoOp, JobKind.Lock], workflow.Jobs.Select(job => job.Kind));
        Assert.Equal([new Requirement("a", [TerminalStatus.Success])], workflow.Jobs[1].Requires);
        Assert.Equal(
            [
                new Requirement("hold", [TerminalStatus.Success]),
                new Requirement("a", [TerminalStatus.Failed, TerminalStatus.Success]),
                new Requirement("take", [TerminalStatus.Success, TerminalStatus.Failed, TerminalStatus.Canceled, TerminalStatus.Unauthorized, TerminalStatus.NotRun]),
            ],
            workflow.Jobs[2].Requires);
        Assert.Equal((["one", "two"], ["single"]), (workflow.Jobs[2].Contexts, workflow.Jobs[3].Contexts));
        Assert.Equal(("prod", "prod"), (workflow.Jobs[2].SerialGroup, workflow.Jobs[4].SerialGroup));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_and_where()
    {
        var source = new SourceText("compiled.yml", """
            jobs:
              both: {docker: [{image: x}], machine: true, steps: [checkout]}
              nowhere: {steps: [checkout]}
              odd:
                machine: true
                parallelism: many
                retention: {caches: 31d}
                steps:
                  - run:
                    command: beside
                  - run: {}
                  - [a, list]
                  - run: {command: x, no_output_timeout: soon, when: sometimes, background: perhaps}
                  - save_cache: {paths: [a]}
            workflows:
              w:
                jobs:
                  - both
                  - nowhere
                  - odd: {requires: [odds, both: finished], type: special}
                  - odt
                  - 7: [8]
            """);

        var outcome = Bind(source);

        var problems = Assert.IsType<Outcome<CompiledPipeline>.Failure>(outcome).Problems;
        Golden.Verify(string.Concat(problems.Select(problem => DiagnosticText.Render(problem))), "wrong.txt");
    }

    [Theory]
    [InlineData("20m", 1200)]
    [InlineData("1.25h", 4500)]
    [InlineData("5s", 5)]
    [InlineData("1h30m", 5400)]
    public void Durations_are_go_s(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), DurationText.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("5 m")]
    [InlineData("1e9h")]
    [InlineData("99999999999h")]
    public void What_is_no_duration_is_refused(string text) => Assert.Null(DurationText.Parse(text));

    private static JobBody Body(string job)
    {
        var indented = string.Join('\n', job.Split('\n').Select(line => $"    {line}"));
        return Bind($"jobs:\n  build:\n{indented}\nworkflows:\n  w:\n    jobs: [build]\n").Workflows[0].Jobs[0].Body!;
    }

    private static CompiledPipeline Bind(string yaml)
    {
        Assert.True(Bind(new SourceText("compiled.yml", yaml)).Succeeded(out var pipeline, out var problems), string.Concat(problems?.Select(problem => DiagnosticText.Render(problem)) ?? []));
        return pipeline;
    }

    private static Outcome<CompiledPipeline> Bind(SourceText source)
    {
        var problems = new Problems();
        var root = Assert.IsType<YamlNode.Mapping>(YamlReader.Read(source, problems));
        Assert.Equal(0, problems.Count);
        return PipelineBinder.Bind(new CompiledDocument(root));
    }
}
