using System.Text.Json;
using Signalbox.CircleCi.Execution.Results;

namespace Signalbox.CircleCi.Execution.InJob;

/// <summary>How long tests took the last time, by file, by class or by name.</summary>
public sealed class TestTimings
{
    private readonly Dictionary<string, double> _seconds;

    private TestTimings(Dictionary<string, double> seconds) => _seconds = seconds;

    /// <summary>What a test without a timing is taken to need: as long as the middle one of those that have one.</summary>
    public double Default => _seconds.Count == 0 ? 1 : _seconds.Values.Order().ElementAt(_seconds.Count / 2);

    public double? this[string test] => _seconds.TryGetValue(Normal(test), out var seconds) ? seconds : null;

    /// <summary>Where a job finds the results of its last run, in its CIRCLE_INTERNAL_TASK_DATA.</summary>
    public static string FileIn(string taskData) => Path.Combine(taskData, "circle-test-results", "results.json");

    /// <param name="type">`filename`, `classname` or `testname`, or `autodetect`: the one that knows most of the tests.</param>
    /// <returns>Null when there is no timing for any of the tests.</returns>
    public static async Task<TestTimings?> Read(string file, string type, IReadOnlyCollection<string> tests, CancellationToken cancellation)
    {
        if (!File.Exists(file))
            return null;
        IReadOnlyList<TestCase> known;
        try
        {
            known = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file, cancellation), TestReportJson.Default.TestReport)?.Tests ?? [];
        }
        catch (JsonException)
        {
            return null; // of some other tool; the split by name that follows is announced
        }

        var candidates = new (string Type, Func<TestCase, string?> Key)[] { ("filename", test => test.File), ("classname", test => test.ClassName), ("testname", test => test.Name) }
            .Where(candidate => type is "autodetect" || candidate.Type == Whole(type))
            .Select(candidate => Sum(known, candidate.Key))
            .OrderByDescending(timings => tests.Count(test => timings[test] is not null));
        return candidates.FirstOrDefault() is { } best && tests.Any(test => best[test] is not null) ? best : null;
    }

    private static string Whole(string type) => type switch { "file" => "filename", "class" => "classname", "name" or "test" => "testname", _ => type };

    private static TestTimings Sum(IEnumerable<TestCase> tests, Func<TestCase, string?> key)
    {
        var seconds = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var test in tests)
        {
            if (key(test) is { Length: > 0 } name)
                seconds[Normal(name)] = seconds.GetValueOrDefault(Normal(name)) + test.Seconds;
        }

        return new TestTimings(seconds);
    }

    /// <summary>Tools put `./` before a file, and reports do not.</summary>
    internal static string Normal(string name) => name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
}
