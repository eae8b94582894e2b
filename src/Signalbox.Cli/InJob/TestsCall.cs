using Signalbox.CircleCi.Execution.InJob;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.InJob;

/// <summary>`circleci tests`: find them, take this node's share, run it.</summary>
internal static class TestsCall
{
    private static readonly ValueList<string> SplitOptions = ["split-by", "timings-type", "index", "total", "time-default", "timings-file"];
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    public static Outcome<CallEnd> Glob(string[] patterns, Invocation invocation)
    {
        foreach (var file in TestGlob.Find(patterns, invocation.Folder))
            invocation.Terminal.Answer(file);
        return CallEnd.Done;
    }

    public static async Task<Outcome<CallEnd>> Split(string[] words, Invocation invocation, CancellationToken cancellation)
    {
        if (!InJobWords.Read(words, SplitOptions, ["show-counts"]).Succeeded(out var options, out var problems))
            return new Outcome<CallEnd>.Failure(problems);
        var text = options.Rest is [var file, ..]
            ? await File.ReadAllTextAsync(Path.GetFullPath(file, invocation.Folder), cancellation)
            : await InputText.Read(invocation, cancellation);
        if (!(await Share(Names(text), options, "autodetect", invocation, cancellation)).Succeeded(out var share, out problems))
            return new Outcome<CallEnd>.Failure(problems);
        foreach (var test in share)
            invocation.Terminal.Answer(test);
        return CallEnd.Done;
    }

    public static async Task<Outcome<CallEnd>> Run(string[] words, Invocation invocation, CancellationToken cancellation)
    {
        if (!InJobWords.Read(words, [.. SplitOptions, "command"], ["v", "verbose"]).Succeeded(out var options, out var problems))
            return new Outcome<CallEnd>.Failure(problems);
        if (options["command"] is not { Length: > 0 } command)
            return InJobRules.BadCall.Without("`circleci tests run` needs `--command`", "for example `--command 'xargs npm test --'`");
        if (!(await Share(await Wanted(invocation, cancellation), options, "filename", invocation, cancellation)).Succeeded(out var share, out problems))
            return new Outcome<CallEnd>.Failure(problems);
        if (share.Count == 0)
        {
            invocation.Terminal.Say("no tests fall to this node");
            return CallEnd.Done;
        }

        if (options.Has("v") || options.Has("verbose"))
            invocation.Terminal.Say($"running {share.Count} tests with: {command}");
        return await ChildProgram.Run("/bin/sh", ["-c", command], string.Join('\n', share) + "\n", invocation, cancellation);
    }

    /// <summary>The tests on standard input; in a rerun of failed tests those of them that failed, if all that failed are among them.</summary>
    private static async Task<string[]> Wanted(Invocation invocation, CancellationToken cancellation)
    {
        var tests = Names(await InputText.Read(invocation, cancellation));
        if (await FailedTests.Read(TaskData(invocation), cancellation) is not { } failed)
            return tests;
        var again = failed.Among(tests);
        invocation.Terminal.Say(again.Count > 0
            ? $"only tests that failed: {again.Count} of {tests.Length}"
            : $"a test that failed is not one of these {tests.Length} by its `file`, `classname` or `name`, so all of them run");
        return again.Count > 0 ? [.. again] : tests;
    }

    private static string[] Names(string text) => text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    private static string TaskData(Invocation invocation) => invocation.Variables.GetValueOrDefault("CIRCLE_INTERNAL_TASK_DATA", invocation.Folder);

    private static async Task<Outcome<ValueList<string>>> Share(string[] tests, InJobWords options, string timingsType, Invocation invocation, CancellationToken cancellation)
    {
        var problems = new Problems();
        var total = Number("total", "CIRCLE_NODE_TOTAL", fallback: 1, options, invocation, problems);
        var index = Number("index", "CIRCLE_NODE_INDEX", fallback: 0, options, invocation, problems);
        if (problems.Count == 0 && (total < 1 || index < 0 || index >= total))
            problems.Add(InJobRules.BadCall.Without($"the index {index} is not one of {total} nodes", "the index counts from 0"));
        var by = options["split-by"] ?? "name";
        if (by is not ("name" or "filesize" or "timings"))
            problems.Add(InJobRules.BadCall.Without($"tests are not split by {Culprit.Quote(by)}", "`--split-by` takes `name`, `filesize` or `timings`"));
        if (problems.Count > 0)
            return problems.Conclude<ValueList<string>>(() => []);

        if (options.Has("show-counts"))
            invocation.Terminal.Say($"{tests.Length} tests on {total} nodes");
        if (by == "filesize")
            return (ValueList<string>)[.. TestSplit.ByWeight(tests, test => Size(Path.GetFullPath(test, invocation.Folder)), index, total)];
        if (by == "timings" && await Timings(tests, options, timingsType, invocation, cancellation) is { } timings)
        {
            var unknown = double.TryParse(options["time-default"]?.TrimEnd('s'), out var seconds) ? seconds : timings.Default;
            return (ValueList<string>)[.. TestSplit.ByWeight(tests, test => timings[test] ?? unknown, index, total)];
        }

        if (by == "timings")
            invocation.Terminal.Say("Error auto-detecting timing type, falling back to weighting by name.");
        return (ValueList<string>)[.. TestSplit.ByName(tests, index, total)];
    }

    private static Task<TestTimings?> Timings(string[] tests, InJobWords options, string type, Invocation invocation, CancellationToken cancellation)
    {
        var file = options["timings-file"] is { } given
            ? Path.GetFullPath(given, invocation.Folder)
            : TestTimings.FileIn(TaskData(invocation));
        return TestTimings.Read(file, options["timings-type"] ?? type, tests, cancellation);
    }

    private static int Number(string option, string variable, int fallback, InJobWords options, Invocation invocation, Problems problems)
    {
        var text = options[option] ?? invocation.Variables.GetValueOrDefault(variable);
        if (string.IsNullOrEmpty(text))
            return fallback;
        if (!int.TryParse(text, out var number))
            problems.Add(InJobRules.BadCall.Without($"`--{option}` takes a number, and {Culprit.Quote(text)} is none"));
        return number;
    }

    private static double Size(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;
}
