using System.Diagnostics;
using System.Text;
using CsCheck;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Config;
using Signalbox.Diagnostics;
using Signalbox.Tests.House;
using Xunit;

namespace Signalbox.Tests.CircleCi.Compilation;

/// <summary>Whatever the bytes: diagnostics, inside the text, in bounded time and memory; never an exception.</summary>
public sealed class BadInputTests
{
    /// <summary>How long the mutator works on every run of the tests.</summary>
    private static readonly TimeSpan FuzzingTime = TimeSpan.FromSeconds(5);

    private static readonly string[] Words =
    [
        "<< parameters.x >>", "<<", ">>", "\\<<", "<< pipeline.number >>", "&a ", "*a", "<<: *a", "[", "]", "{", "}", ": ", "- ", "\n", "\t", "\"", "'", "|", "#",
        "when:", "unless:", "steps:", "run:", "matrix:", "parameters:", "requires:", "name:", "type: approval", "filters:", "executor:", "orbs:", "jobs:", "!!binary ", "~", "0x", "é", "🙂",
    ];

    [Fact]
    public async Task Ten_megabytes_are_refused()
    {
        var text = "version: 2.1\njobs:\n" + string.Concat(Enumerable.Range(0, 300_000).Select(number => $"  job{number}: {{docker: [{{image: x}}]}}\n"));
        var problem = Assert.Single(await Problems(Encoding.UTF8.GetBytes(text)));

        Assert.Equal("SB1011", problem.Rule.Code);
    }

    [Theory]
    [InlineData(new byte[] { 0x7F, 0x45, 0x4C, 0x46, 0, 1, 2, 0xFF }, "SB1010")]
    [InlineData(new byte[] { 0x61, 0x3A, 0x20, 0 }, "SB1010")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0 }, "SB1010")]
    [InlineData(new byte[] { }, "SB1014")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF }, "SB1014")]
    public async Task Bytes_that_are_no_config_are_refused(byte[] bytes, string code) => Assert.Equal(code, Assert.Single(await Problems(bytes)).Rule.Code);

    [Fact]
    public async Task A_matrix_of_a_million_is_refused()
    {
        var hundred = string.Join(", ", Enumerable.Range(0, 100));

        Assert.Equal("SB1092", await Compiled.Errors($"""
            version: 2.1
            jobs:
              build:
                docker: [image: x]
                parameters:
                  a: &integer
                    type: integer
                  b: *integer
                  c: *integer
                steps: [run: echo << parameters.a >> << parameters.b >> << parameters.c >>]
            workflows:
              w:
                jobs:
                  - build:
                      matrix:
                        parameters:
                          a: [{hundred}]
                          b: [{hundred}]
                          c: [{hundred}]
            """));
    }

    [Fact]
    public async Task Commands_that_invoke_each_other_in_a_circle_are_refused() =>
        Assert.Equal("SB1041", await Compiled.Errors("version: 2.1\ncommands: {a: {steps: [b]}, b: {steps: [a]}}\njobs: {build: {docker: [{image: x}], steps: [a]}}\n"));

    [Theory]
    [InlineData("ten", "[c{0}, c{0}, c{0}, c{0}, c{0}, c{0}, c{0}, c{0}, c{0}, c{0}]")]
    [InlineData("text", "[{{c{0}: {{p: << parameters.p >><< parameters.p >><< parameters.p >><< parameters.p >>}}}}]")]
    public async Task Commands_that_multiply_are_refused(string kind, string steps)
    {
        var text = new StringBuilder("version: 2.1\njobs: {build: {docker: [{image: x}], steps: [c0]}}\ncommands:\n");
        for (var level = 0; level < 20; level++)
            text.Append($"  c{level}: {{parameters: {{p: {{type: string, default: 0123456789}}}}, steps: {string.Format(steps, level + 1)}}}\n".Replace("0123456789", "\"0123456789\""));
        text.Append("  c20: {parameters: {p: {type: string, default: x}}, steps: [{run: << parameters.p >>}]}\n");

        Assert.Contains(await Compiled.Errors(text.ToString()), (string[])(kind == "ten" ? ["SB1026"] : ["SB1025", "SB1025 SB1026", "SB1026"]));
    }

    [Fact]
    public async Task A_long_chain_of_commands_and_of_jobs_ends()
    {
        var commands = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"  c{number}: {{steps: [c{number + 1}]}}\n"));
        Assert.Equal("SB1041", await Compiled.Errors($"version: 2.1\njobs: {{build: {{docker: [{{image: x}}], steps: [c0]}}}}\ncommands:\n{commands}  c20000: {{steps: [checkout]}}\n"));

        var jobs = string.Concat(Enumerable.Range(1, 5_000).Select(number => $"      - build: {{name: j{number}, requires: [j{number - 1}]}}\n"));
        var compiled = await Compiled.Of($"version: 2.1\njobs: {{build: {{docker: [{{image: x}}], steps: [checkout]}}}}\nworkflows:\n  w:\n    jobs:\n      - build: {{name: j0}}\n{jobs}");
        Assert.Equal(5_001, compiled.Jobs("w").Count());
    }

    [Fact]
    public async Task An_expression_of_a_hundred_thousand_brackets_ends() =>
        Assert.Equal("SB1074", await Compiled.Errors($"version: 2.1\njobs: {{build: {{docker: [{{image: x}}], steps: [checkout]}}}}\nworkflows: {{w: {{when: '{new string('(', 100_000)}', jobs: [build]}}}}\n"));

    [Fact]
    public async Task A_pattern_that_backtracks_for_ever_ends() =>
        Assert.Equal("", await Compiled.Errors($"version: 2.1\njobs: {{build: {{docker: [{{image: x}}], steps: [checkout, {{when: {{condition: {{matches: {{pattern: '(?=a)(a+)+b', value: {new string('a', 60)}}}}}, steps: [checkout]}}}}]}}}}\n"));

    [Fact]
    public async Task Mutated_configs_give_diagnostics_inside_the_text_and_never_an_exception()
    {
        var corpus = Corpus();
        var random = new Random();
        var seed = random.Next();
        random = new Random(seed);
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; clock.Elapsed < FuzzingTime; count++)
        {
            var text = Mutated(corpus[random.Next(corpus.Count)], random);
            try
            {
                var problems = await Problems(Encoding.UTF8.GetBytes(text));
                Assert.All(problems, problem => Assert.True(problem.Location is null || (problem.Location.Span is { Start: >= 0, Length: >= 0 } span && span.End <= problem.Location.Source.Text.Length), problem.Message));
                foreach (var problem in problems)
                    DiagnosticText.Render(problem);
            }
            catch (Exception failure)
            {
                Assert.Fail($"seed {seed}, text {count}: {failure}\n{text}");
            }
        }

        Assert.True(count > 50, $"only {count} texts in {FuzzingTime}");
    }

    [Fact]
    public async Task Any_bytes_give_diagnostics() => await Gen.Byte.Array[0, 200].SampleAsync(
        async bytes => await Problems(bytes) is not null,
        iter: 2_000);

    private static async Task<IReadOnlyList<Diagnostic>> Problems(byte[] bytes)
    {
        if (!ConfigText.Decode("config.yml", bytes).Succeeded(out var source, out var problems))
            return problems;
        var result = await ConfigCompiler.Compile(new CompilationRequest(source) { ChecksEverything = true }, TestContext.Current.CancellationToken);
        return result.Diagnostics;
    }

    private static List<string> Corpus()
    {
        var pairs = Path.Combine(Repository.Folder, "../shared/circleci/compile-pairs");
        List<string> corpus =
        [
            """
            version: 2.1
            parameters: {p: {type: boolean, default: true}, q: {type: enum, enum: [a, b], default: a}}
            orbs: {o: {commands: {c: {parameters: {s: {type: steps, default: []}}, steps: [{steps: << parameters.s >>}]}}}}
            executors: {e: {parameters: {t: {type: string, default: x}}, docker: [{image: "i:<< parameters.t >>"}], environment: &env {A: true, B: 1}}}
            commands: {c: {parameters: {x: {type: integer, default: 1}}, steps: [{when: {condition: {and: [<< parameters.x >>, {not: {equal: [1, 2]}}]}, steps: [{run: "echo << parameters.x >>"}]}}]}}
            jobs:
              build: {executor: {name: e, t: y}, environment: {<<: *env, C: "<< pipeline.number >>"}, steps: [checkout, c, {o/c: {s: [{run: a}]}}]}
              test: {parameters: {v: {type: string}}, executor: e, parallelism: << pipeline.number >>, steps: [{run: {command: "<<# parameters.v >>t<</ parameters.v >>", when: always}}]}
            job-groups: {g: {jobs: [build, {test: {v: a, requires: [build]}}]}}
            workflows:
              w:
                when: pipeline.parameters.p and pipeline.number > 0
                jobs:
                  - build: {filters: {branches: {only: [main, /x.*/]}}}
                  - test: {name: "t-<< matrix.v >>", matrix: {parameters: {v: [a, b]}, exclude: [{v: b}]}, requires: [{build: [success, failed]}], serial-group: k}
                  - hold: {type: approval, requires: ["t-a"]}
                  - g: {requires: [hold], serial-group: l}
            """,
        ];
        if (Directory.Exists(pairs))
            corpus.AddRange(Directory.GetFiles(pairs, "input.yml", SearchOption.AllDirectories).Select(file => File.ReadAllText(file)));
        return corpus;
    }

    private static string Mutated(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        for (var change = random.Next(1, 6); change > 0 && mutated.Length > 0; change--)
        {
            var at = random.Next(mutated.Length);
            var length = Math.Min(random.Next(1, 30), mutated.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    mutated.Remove(at, length);
                    break;
                case 1:
                    mutated.Insert(at, Words[random.Next(Words.Length)]);
                    break;
                case 2:
                    mutated.Insert(random.Next(mutated.Length), mutated.ToString(at, length));
                    break;
                default:
                    mutated[at] = (char)random.Next(1, 0x250);
                    break;
            }
        }

        return mutated.ToString();
    }
}
