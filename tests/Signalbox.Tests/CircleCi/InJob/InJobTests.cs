using CsCheck;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.InJob;
using Signalbox.CircleCi.Execution.Workplaces;
using Signalbox.Tests.CircleCi.Jobs;
using Xunit;
using static Signalbox.Tests.CircleCi.Jobs.JobScene;

namespace Signalbox.Tests.CircleCi.InJob;

public sealed class InJobTests : IDisposable
{
    private static readonly string[] Files = ["a_test.py", "b.py", "src/c_test.py", "src/deep/d_test.py", ".hidden/e_test.py"];

    private readonly JobScene _scene = new();

    [Theory]
    [InlineData("*_test.py", "a_test.py")]
    [InlineData("**/*_test.py", ".hidden/e_test.py|a_test.py|src/c_test.py|src/deep/d_test.py")]
    [InlineData("src/**/*_test.py", "src/c_test.py|src/deep/d_test.py")]
    [InlineData("./src/*.py", "./src/c_test.py")]
    [InlineData("{a,src/c}_test.py", "a_test.py|src/c_test.py")]
    [InlineData("{a_test,b{,x}}.py", "a_test.py|b.py")]
    [InlineData("[ab]*.py", "a_test.py|b.py")]
    [InlineData("?.py", "b.py")]
    [InlineData("src", "")]
    [InlineData("src/**", "src/c_test.py|src/deep/d_test.py")]
    [InlineData("{open", "")]
    public void Globs_are_found_in_ordinal_order(string pattern, string found)
    {
        foreach (var file in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_scene.Root, file))!);
            File.WriteAllText(Path.Combine(_scene.Root, file), "");
        }

        Assert.Equal(found, string.Join('|', TestGlob.Find([pattern], _scene.Root)));
    }

    [Fact]
    public void Together_the_nodes_run_every_test_once() =>
        Gen.Select(Gen.String[Gen.Char["abc/."], 1, 6].Array[0, 40], Gen.Int[1, 9], Gen.Double[0, 100].Array[41, 41]).Sample((tests, total, weights) =>
        {
            var places = tests.Distinct(StringComparer.Ordinal).Select((test, place) => (test, place)).ToDictionary(pair => pair.test, pair => pair.place, StringComparer.Ordinal);
            var byName = Enumerable.Range(0, total).SelectMany(index => TestSplit.ByName(tests, index, total));
            var byWeight = Enumerable.Range(0, total).SelectMany(index => TestSplit.ByWeight(tests, test => weights[places[test]], index, total));
            var all = tests.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(all, byName.Order(StringComparer.Ordinal));
            Assert.Equal(all, byWeight.Order(StringComparer.Ordinal));
        });

    [Fact]
    public void By_weight_no_node_has_more_than_the_lightest_and_one_test_more() =>
        Gen.Select(Gen.Double[0, 100].Array[0, 40], Gen.Int[1, 9]).Sample((weights, total) =>
        {
            var tests = weights.Select((_, place) => $"{place}").ToArray();
            var loads = Enumerable.Range(0, total).Select(index => TestSplit.ByWeight(tests, test => weights[int.Parse(test)], index, total).Sum(test => weights[int.Parse(test)])).ToArray();
            Assert.True(loads.Max() - loads.Min() <= weights.DefaultIfEmpty().Max() + 1e-9);
        });

    [Fact]
    public void One_name_is_matched_as_a_plain_search_would() =>
        Gen.Select(Gen.String[Gen.Char["ab*?"], 0, 8], Gen.String[Gen.Char["ab."], 0, 8]).Sample((pattern, name) =>
            Assert.Equal(Plain(pattern, name), GoPattern.Matches(pattern, name)));

    [Theory]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[^a-c]x", "bx", false)]
    [InlineData("[^a-c]x", "dx", true)]
    [InlineData("[]a]", "a", false)]
    [InlineData("[a", "a", false)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "a", false)]
    [InlineData("[\\]]", "]", true)]
    [InlineData("*", ".dot", true)]
    [InlineData("a\\", "a\\", false)]
    public void Classes_and_escapes_are_go_s(string pattern, string name, bool matches) => Assert.Equal(matches, GoPattern.Matches(pattern, name));

    [Theory]
    [InlineData("$A ${A} $B ${B:-d} ${A:-d} ${E:-d} ${E-d} ${A:+x} ${B+x} ${B:-${A}} $$A ${ } $ $1", "1 1  d 1 d  x  1 $A ${ } $ $1")]
    public void Variables_are_substituted(string template, string text) =>
        Assert.Equal(text, EnvironmentSubstitution.Apply(template, new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "1", ["E"] = "" }));

    [Theory]
    [InlineData("a.py b.py c.py", "a.py", "only tests that failed: 1 of 3")]
    [InlineData("./a.py ./b.py", "./a.py", "only tests that failed: 1 of 2")]
    [InlineData("A B", "A", "only tests that failed: 1 of 2")]
    [InlineData("b.py c.py", "b.py c.py", "a test that failed is not one of these 2 by its `file`, `classname` or `name`, so all of them run")]
    public async Task Only_what_failed_is_run_again_and_all_of_it(string given, string ran, string said)
    {
        const string Report = "<testsuite><testcase name='one' classname='A' file='a.py'><failure/></testcase><testcase name='two' classname='B' file='b.py'/></testsuite>";
        var first = await _scene.Run(Sh($"cat > r.xml << 'DONE'\n{Report}\nDONE"), new Step.StoreTestResults("r.xml") { Title = "results" });

        var again = await _scene.Run(first.Assignment with
        {
            OnlyFailedTestsOf = [first.Assignment.Folder],
            Folder = first.Assignment.Folder + "-again",
            Body = first.Assignment.Body with { Steps = [Sh($"echo {given} | circleci tests run --command 'xargs echo ran'")] },
        });

        Assert.Equal($"{said}\nran {ran}\n", again.Succeeded().Log(0));
    }

    [Fact]
    public async Task A_job_calls_circleci_as_it_would_there()
    {
        var job = await _scene.Run(
            new JobBody
            {
                Executor = _scene.Executor,
                Steps =
                [
                    Sh("mkdir t; touch t/a t/b t/c; circleci tests glob 't/*' | circleci tests split"),
                    Sh("circleci tests glob 't/*' | circleci tests run --command 'xargs echo ran' --split-by=name"),
                    Sh("printf 'hello $CIRCLE_JOB' | circleci env subst; circleci env subst ' and ${NONE:-none}'"),
                    Sh("circleci run release plan web --target-version=1"),
                    Sh("echo t/a | circleci tests run --command 'exit 9' || echo \"code $?\""),
                ],
            },
            "my job",
            node: 0,
            total: 2);

        Assert.Equal("t/a\nt/c\n", job.Succeeded().Log(0));
        Assert.Equal("ran t/a t/c\n", job.Log(1));
        Assert.Equal("hello my job and none", job.Log(2));
        Assert.Equal("noted locally: release plan web --target-version=1\n", job.Log(3));
        Assert.Equal("code 9\n", job.Log(4));
    }

    [Theory]
    [InlineData("circleci run circleci/setup-go@0.0.10 -- --version 1", "SB1521")]
    [InlineData("circleci run oidc get", "SB1522")]
    [InlineData("circleci tests splt", "SB1520")]
    [InlineData("echo a | circleci tests split --splt-by=name", "SB1520")]
    [InlineData("echo a | circleci tests split --index=2 --total=2", "SB1520")]
    public async Task What_cannot_be_done_here_fails_and_says_so(string call, string code)
    {
        var job = await _scene.Run(Sh(call));

        Assert.Equal(TerminalStatus.Failed, job.Status);
        Assert.Contains(code, job.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_a_person_put_there_is_run_with_its_arguments()
    {
        var plugins = Path.Combine(_scene.Repository, ".signalbox", "plugins", "circleci");
        Directory.CreateDirectory(plugins);
        await File.WriteAllTextAsync(Path.Combine(plugins, "setup-go"), "#!/bin/sh\necho \"plugin $*\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(Path.Combine(plugins, "setup-go"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal("plugin --version 1.2\n", (await _scene.Run(Sh("circleci run circleci/setup-go@0.0.10 -- --version 1.2"))).Succeeded().Output);
    }

    [Fact]
    public async Task Tests_are_split_by_the_timings_of_the_job_s_last_run()
    {
        const string report = "<testsuite><testcase file='a' name='1' time='10'/><testcase file='b' name='2' time='1'/><testcase file='c' name='3' time='1'/></testsuite>";
        var split = Sh("echo a b c | circleci tests split --split-by=timings");
        var without = await _scene.Run(new JobBody { Executor = _scene.Executor, Steps = [split, Sh($"echo \"{report}\" > r.xml"), new Step.StoreTestResults("r.xml") { Title = "r" }] }, node: 1, total: 2);

        var with = await _scene.Run(new JobBody { Executor = _scene.Executor, Steps = [split] }, node: 1, total: 2);

        Assert.Equal("Error auto-detecting timing type, falling back to weighting by name.\nb\n", without.Succeeded().Log(0));
        Assert.Equal("b\nc\n", with.Succeeded().Log(0));
    }

    private static bool Plain(string pattern, string name) => (pattern, name) switch
    {
        ("", "") => true,
        (['*', .. var rest], _) => Enumerable.Range(0, name.Length + 1).Any(taken => Plain(rest, name[taken..])),
        (['?', .. var rest], [_, .. var left]) => Plain(rest, left),
        ([var character, .. var rest], [var first, .. var left]) => character == first && Plain(rest, left),
        _ => false,
    };

    public void Dispose() => _scene.Dispose();
}
