using System.Text.Json;
using Signalbox.CircleCi.Execution.Results;

namespace Signalbox.CircleCi.Api;

/// <summary>The tests that a node of a job stored.</summary>
public static class StoredTests
{
    /// <param name="nodeFolder">The node's folder, as the job was given it.</param>
    public static async Task<IReadOnlyList<TestCase>> Read(string nodeFolder, CancellationToken cancellation)
    {
        var file = Path.Combine(nodeFolder, "tests", TestReport.FileName);
        return File.Exists(file)
            ? JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file, cancellation), TestReportJson.Default.TestReport)?.Tests ?? []
            : [];
    }
}
