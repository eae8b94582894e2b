using System.Text.Json;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Results;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.InJob;

/// <summary>
/// The tests that failed in the run that is repeated, when only these are to run again (guide, "Rerun failed tests"). A
/// test is known by the file or the class of its report, or by its name.
/// </summary>
public sealed class FailedTests
{
    private readonly IReadOnlyList<TestCase> _failed;

    private FailedTests(IReadOnlyList<TestCase> failed) => _failed = failed;

    /// <summary>Which of these tests failed.</summary>
    /// <param name="tests">As `circleci tests run` is given them.</param>
    /// <returns>None when something failed that is not among them: it would be left out, and the job succeed without it.</returns>
    public IReadOnlyList<string> Among(IReadOnlyList<string> tests)
    {
        var given = tests.ToLookup(TestTimings.Normal, StringComparer.Ordinal);
        var found = _failed.Select(test => Names(test).Where(given.Contains).ToList()).ToList();
        if (found.Exists(names => names.Count == 0))
            return [];
        var again = found.SelectMany(names => names).ToHashSet(StringComparer.Ordinal);
        return [.. tests.Where(test => again.Contains(TestTimings.Normal(test)))];
    }

    /// <returns>Null when the job runs all of its tests.</returns>
    public static async Task<FailedTests?> Read(string taskData, CancellationToken cancellation)
    {
        if (!File.Exists(FileIn(taskData)))
            return null;
        var report = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(FileIn(taskData), cancellation), TestReportJson.Default.TestReport);
        return report is null ? null : new FailedTests(report.Tests);
    }

    /// <summary>Puts what failed on these nodes where <see cref="Read"/> looks for it.</summary>
    internal static async Task Provide(ValueList<string> nodeFolders, NodeFolder folder, CancellationToken cancellation)
    {
        var failed = (await StoredTests.Read(nodeFolders, cancellation)).Where(test => test.Result is TestResult.Failed).ToList();
        if (failed.Count == 0)
            return;
        var file = FileIn(NodeFolder.Signals(folder.Bridge));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(new TestReport(failed), TestReportJson.Default.TestReport), cancellation);
    }

    private static IEnumerable<string> Names(TestCase test) =>
        new[] { test.File, test.ClassName, test.Name }.OfType<string>().Select(TestTimings.Normal).Where(name => name.Length > 0);

    private static string FileIn(string taskData) => Path.Combine(taskData, "circle-test-results", "failed.json");
}
