using System.Text.Json.Serialization;

namespace Signalbox.CircleCi.Execution.Results;

/// <summary>One test of a JUnit report.</summary>
/// <param name="File">As the report names it, or null.</param>
/// <param name="Message">Why it failed or was skipped, or null.</param>
public sealed record TestCase(string Name, string ClassName, string? File, double Seconds, TestResult Result, string? Message);

public enum TestResult
{
    [JsonStringEnumMemberName("success")]
    Passed,

    [JsonStringEnumMemberName("failure")]
    Failed,

    [JsonStringEnumMemberName("skipped")]
    Skipped,
}

/// <summary>All tests that the steps of one node stored, as they lie in `tests/results.json`.</summary>
public sealed record TestReport(IReadOnlyList<TestCase> Tests)
{
    /// <summary>The file's name in the node's `tests` folder.</summary>
    public const string FileName = "results.json";

    public int Count(TestResult result) => Tests.Count(test => test.Result == result);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TestReport))]
public sealed partial class TestReportJson : JsonSerializerContext;
