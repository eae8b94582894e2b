using System.Text;
using System.Text.Json;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Results;
using Xunit;
using static Signalbox.Tests.CircleCi.Jobs.JobScene;
using TestResult = Signalbox.CircleCi.Execution.Results.TestResult;

namespace Signalbox.Tests.CircleCi.Jobs;

public sealed class ResultTests : IDisposable
{
    private readonly JobScene _scene = new();

    [Theory]
    [InlineData("out", null, "home/circleci/project/out/a.txt|home/circleci/project/out/sub/b.txt")]
    [InlineData("out", "d", "d/a.txt|d/sub/b.txt")]
    [InlineData("out/a.txt", null, "home/circleci/project/out/a.txt")]
    [InlineData("out/a.txt", "renamed.log", "renamed.log")]
    [InlineData("~/project/out/sub", "/x/", "x/b.txt")]
    [InlineData("out/sub", "../../../escape", "escape/b.txt")]
    [InlineData("out/*", null, "")]
    public async Task Artifacts_are_named_as_circleci_names_them(string path, string? destination, string names)
    {
        var job = await _scene.Run(Sh("mkdir -p out/sub; echo a > out/a.txt; echo b > out/sub/b.txt"), new Step.StoreArtifacts(path, destination) { Title = "store" });

        var artifacts = job.Succeeded().Events.OfType<JobEvent.ArtifactStored>().OrderBy(artifact => artifact.Path, StringComparer.Ordinal).ToArray();
        Assert.Equal(names, string.Join('|', artifacts.Select(artifact => artifact.Path)));
        Assert.All(artifacts, artifact =>
        {
            Assert.Equal(2, artifact.Bytes);
            Assert.StartsWith(Path.Combine(job.Assignment.Folder, "artifacts"), artifact.File, StringComparison.Ordinal);
            Assert.Equal(artifact.Path.EndsWith("b.txt", StringComparison.Ordinal) ? "b\n" : "a\n", File.ReadAllText(artifact.File));
        });
    }

    [Fact]
    public async Task A_path_that_is_not_there_passes_with_a_warning()
    {
        var job = await _scene.Run(new Step.StoreArtifacts("nothing", null) { Title = "a" }, new Step.StoreTestResults("nothing") { Title = "t" });

        Assert.StartsWith("No artifact files found at", job.Succeeded().Log(0), StringComparison.Ordinal);
        Assert.StartsWith("No test results found at", job.Log(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_are_counted_and_listed_whatever_the_report_s_form()
    {
        var job = await _scene.Run(
            Sh("""
                mkdir -p results/deep
                cat > results/one.xml <<'XML'
                <?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>
                <testsuites><testsuite file="from/suite.py"><testsuite>
                  <testcase name="passes" classname="C" time="1,234.5"/>
                  <testcase name="fails" classname="C" file="own.py"><failure message="no good">trace</failure><system-out>x</system-out></testcase>
                  <testcase name="breaks"><error>only text</error></testcase>
                </testsuite></testsuite></testsuites>
                XML
                echo '<testsuite><testcase name="left out"><skipped/></testcase></testsuite>' > results/deep/two.xml
                echo '<broken' > results/three.xml
                echo 'not a report' > results/readme.txt
                """),
            new Step.StoreTestResults("results") { Title = "store" });

        Assert.Equal(new JobEvent.TestsStored(1, 2, 1), Assert.Single(job.Succeeded().Events.OfType<JobEvent.TestsStored>()));
        Assert.Contains("Warning: ./three.xml is not a JUnit report", job.Log(1), StringComparison.Ordinal);
        Assert.Contains("failed: C fails\nfailed: breaks\n", job.Log(1), StringComparison.Ordinal);
        var stored = JsonSerializer.Deserialize(await File.ReadAllTextAsync(Path.Combine(job.Assignment.Folder, "tests", TestReport.FileName), TestContext.Current.CancellationToken), TestReportJson.Default.TestReport)!;
        Assert.Equivalent(
            new[]
            {
                new TestCase("passes", "C", "from/suite.py", 1234.5, TestResult.Passed, null),
                new TestCase("fails", "C", "own.py", 0, TestResult.Failed, "no good"),
                new TestCase("breaks", "", "from/suite.py", 0, TestResult.Failed, "only text"),
                new TestCase("left out", "", null, 0, TestResult.Skipped, null),
            },
            stored.Tests.OrderBy(test => test.Name == "left out"));
    }

    [Fact]
    public async Task Secrets_are_masked_in_the_log_in_the_tail_and_not_in_artifacts()
    {
        _scene.Variables = [new("TOKEN", "s3cr3t-token"), new("SHORT", "abc"), new("TRUTH", "true")];
        _scene.Secrets = ["s3cr3t-token", "abc", "true"];
        var tails = new StringBuilder();
        _scene.Watch = happened =>
        {
            if (happened is JobEvent.StepOutput output)
                tails.Append(output.LastLine);
        };

        var job = await _scene.Run(
            Sh("printf 's3cr'; sleep 0.6; echo \"3t-token $SHORT $TRUTH\"; printf %s \"$TOKEN\" | base64; echo \"$TOKEN\" > f; sleep 0.4"),
            new Step.StoreArtifacts("f", "f") { Title = "store" });

        Assert.Equal("**** abc true\n****\n", job.Succeeded().Log(0).Replace("****=", "****", StringComparison.Ordinal));
        Assert.DoesNotContain("s3cr", tails.ToString(), StringComparison.Ordinal);
        Assert.Equal("s3cr3t-token\n", await File.ReadAllTextAsync(job.Events.OfType<JobEvent.ArtifactStored>().Single().File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_environment_of_a_step_follows_the_ranks()
    {
        _scene.Variables = [new("A", "given"), new("B", "given"), new("C", "given"), new("D", "given"), new("CIRCLE_BRANCH", "main")];
        _scene.Executor = new JobExecutor.Docker([new DockerImage("any") { Environment = [new("B", "image"), new("C", "image"), new("D", "image")] }]);

        var job = await _scene.Run(new JobBody
        {
            Executor = _scene.Executor,
            Environment = [new("C", "job"), new("D", "job"), new("LITERAL", "$A `x`")],
            Steps = [Sh("echo $A $B $C $D \"$LITERAL\" $CI $CIRCLE_BRANCH ${PERSONAL:-private}; D=command; echo $D") with { Environment = [new("D", "step")] }, Sh("echo $D")],
        });

        Assert.Equal("given image job step $A `x` true main private\ncommand\n", job.Succeeded().Log(0));
        Assert.Equal("job\n", job.Log(1));
    }

    public void Dispose() => _scene.Dispose();
}
