using System.Text.Json;
using Signalbox.CircleCi.Execution.Jobs;

namespace Signalbox.CircleCi.Execution.Results;

/// <summary>The tests that the nodes of a job stored.</summary>
public static class StoredTests
{
    /// <param name="nodeFolders">The folder of each node, as the job was given it.</param>
    public static async Task<IReadOnlyList<TestCase>> Read(IEnumerable<string> nodeFolders, CancellationToken cancellation)
    {
        var tests = new List<TestCase>();
        foreach (var file in nodeFolders.Select(folder => Path.Combine(new NodeFolder(folder).Tests, TestReport.FileName)).Where(File.Exists))
            tests.AddRange(JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file, cancellation), TestReportJson.Default.TestReport)?.Tests ?? []);
        return tests;
    }
}
