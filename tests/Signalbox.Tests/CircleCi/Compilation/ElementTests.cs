using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Config;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.CircleCi.Compilation;

public sealed class ElementTests
{
    [Fact]
    public async Task A_job_overrides_its_executor_key_by_key_and_joins_its_environment()
    {
        var compiled = await Compiled.Of("""
            version: 2.1
            executors:
              base: {docker: [{image: a}, {image: b}], working_directory: ~/w, shell: /bin/sh, environment: {A: executor, B: executor}}
              list: {docker: [{image: a}], environment: [{A: 1}, B=2]}
            jobs:
              build: {executor: base, shell: /bin/bash, docker: [{image: c}], environment: {B: job, C: job}, steps: [checkout]}
              other: {executor: list, environment: {C: job}, steps: [checkout]}
            workflows: {w: {jobs: [build, other]}}
            """);

        Compiled.Same("{working_directory: ~/w, shell: /bin/bash, docker: [{image: c}], steps: [checkout], environment: {A: executor, B: job, C: job}}", compiled.At("jobs|build"));
        Compiled.Same("[{A: 1}, B=2, {C: job}]", compiled.At("jobs|other|environment"));
    }

    [Theory]
    [InlineData("executor: nothing, steps: [checkout]", "SB1050")]
    [InlineData("steps: [checkout]", "SB1051")]
    [InlineData("docker: [{image: x}], machine: true, steps: [checkout]", "SB1052")]
    [InlineData("docker: [{image: x}]", "SB1061")]
    [InlineData("docker: [{image: x}], steps: []", "SB1061")]
    [InlineData("docker: [{user: x}], steps: [checkout]", "SB1065")]
    [InlineData("docker: [{image: x}], parallelism: many, steps: [checkout]", "SB1065")]
    [InlineData("docker: [{image: x}], steps: [chekout]", "SB1040")]
    [InlineData("docker: [{image: x}], steps: [run]", "SB1044")]
    [InlineData("docker: [{image: x}], steps: [{run: {name: x}}]", "SB1044")]
    [InlineData("docker: [{image: x}], steps: [{save_cache: {paths: [a]}}]", "SB1044")]
    [InlineData("docker: [{image: x}], steps: [{run: , name: x, command: y}]", "SB1043")]
    [InlineData("docker: [{image: x}], steps: [{run: {command: y, when: sometimes}}]", "SB1047")]
    [InlineData("docker: [{image: x}], steps: [{run: {command: y, background: true, max_auto_reruns: 2}}]", "SB1047")]
    [InlineData("docker: [{image: x}], steps: [[checkout]]", "SB1042")]
    [InlineData("docker: [{image: x}], steps: [{when: {steps: [checkout]}}]", "SB1045")]
    [InlineData("type: aproval", "SB1062")]
    public async Task A_wrong_job_is_refused(string body, string code) =>
        Assert.Equal(code, (await Compiled.Errors($"version: 2.1\njobs: {{build: {{{body}}}}}\n")).Split(' ')[0]);

    [Fact]
    public async Task A_command_may_have_the_name_of_a_built_in_step_and_an_orb_keeps_to_its_own()
    {
        const string config = """
            version: 2.1
            orbs:
              foo:
                commands:
                  deploy: {steps: [{run: orb}]}
                  call-deploy: {steps: [deploy]}
            commands:
              deploy: {steps: [{run: mine}]}
            jobs:
              build: {docker: [{image: x}], steps: [deploy, foo/deploy, foo/call-deploy]}
            """;

        Compiled.Same("[{run: {command: mine}}, {run: {command: orb}}, {run: {command: orb}}]", (await Compiled.Of(config)).At("jobs|build|steps"));
        Assert.Contains("Command 'deploy' in commands.deploy may override built-in CircleCI command 'deploy'", await Compiled.Messages(config), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_orb_sees_pipeline_values_and_not_the_parameters_of_the_config()
    {
        const string config = """
            version: 2.1
            parameters: {p: {type: string, default: x}}
            orbs: {o: {commands: {c: {steps: [{run: "echo << pipeline.number >>"}]}}}}
            jobs: {build: {docker: [{image: x}], steps: [o/c, {run: << pipeline.parameters.p >>}]}}
            """;

        Assert.Equal("echo 1", (await Compiled.Of(config)).Text("jobs|build|steps|0|run|command"));
        Assert.Equal("SB1027", await Compiled.Errors(config.Replace("<< pipeline.number >>", "<< pipeline.parameters.p >>")));
    }

    [Fact]
    public async Task A_job_is_replaced_by_that_of_an_orb_if_the_orb_has_it()
    {
        const string config = """
            version: 2.1
            orbs: {o: {jobs: {build: {docker: [{image: orb}], steps: [checkout]}}}}
            jobs: {build: {docker: [{image: own}], steps: [checkout]}}
            workflows: {w: {jobs: [{build: {override-with: o/build}}]}}
            """;

        Assert.Equal("orb", (await Compiled.Of(config)).Text("jobs|build|docker|0|image"));
        Assert.Equal("own", (await Compiled.Of(config.Replace("override-with: o/build", "override-with: o/absent"))).Text("jobs|build|docker|0|image"));
        Assert.Equal("SB1060", await Compiled.Errors(config.Replace("override-with: o/build", "override-with: absent/build")));
    }

    [Fact]
    public async Task A_registry_orb_is_read_from_its_folder_and_a_missing_one_says_where_to_put_it()
    {
        var folder = Directory.CreateTempSubdirectory("orbs-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "ns/tool"));
            foreach (var version in (string[])["5.1.0", "5.10.0", "6.0.0"])
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"ns/tool/{version}.yml"), $"version: 2.1\ncommands: {{c: {{steps: [{{run: {version}}}]}}}}\n", TestContext.Current.CancellationToken);

            Assert.Equal("5.10.0", await Command("ns/tool@5"));
            Assert.Equal("5.1.0", await Command("ns/tool@5.1"));
            Assert.Equal("6.0.0", await Command("ns/tool@volatile"));
            Assert.Equal("SB1120", await Command("ns/tool@7"));
            Assert.Equal("SB1121", await Command("ns/tool"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task<string> Command(string reference)
        {
            var source = new SourceText("config.yml", $$$$"""
                version: 2.1
                orbs: {t: {{{{reference}}}}}
                jobs: {build: {docker: [{image: x}], steps: [t/c]}}
                """);
            var library = new OrbLibrary(folder.FullName, ".signalbox/orbs", new Dictionary<string, string>());
            var result = await ConfigCompiler.Compile(new CompilationRequest(source) { Orbs = library }, TestContext.Current.CancellationToken);
            return result.Document?.Text("jobs|build|steps|0|run|command") ?? result.Diagnostics.First(problem => problem.Rule.Severity == Severity.Error).Rule.Code;
        }
    }

    [Fact]
    public async Task With_a_missing_orb_allowed_the_rest_is_compiled()
    {
        var source = new SourceText("config.yml", """
            version: 2.1
            orbs: {t: ns/tool@1}
            jobs: {build: {docker: [{image: x}], steps: [t/c, checkout]}}
            workflows: {w: {jobs: [build, {t/job: {any: argument, requires: [build]}}]}}
            """);
        var result = await ConfigCompiler.Compile(new CompilationRequest(source) { MayMissOrbs = true }, TestContext.Current.CancellationToken);

        Compiled.Same("[checkout]", result.Document!.At("jobs|build|steps"));
        Assert.Equal("build t/job(build)", result.Document!.Graph("w"));
        Assert.Contains("exit 1", result.Document!.Text("jobs|t/job|steps|0|run|command"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_sections_are_ignored()
    {
        var compiled = await Compiled.Of("version: 2.1\nreferences: {a: [1]}\nbuild_agent: x\njobs: {build: {docker: [{image: x}], steps: [checkout]}}\n");

        Assert.Equal(["version", "jobs", "workflows"], compiled.Root.Entries.Select(entry => entry.Name));
    }
}
