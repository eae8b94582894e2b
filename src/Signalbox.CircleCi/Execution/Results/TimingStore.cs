using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Signalbox.CircleCi.Execution.InJob;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Journal;

namespace Signalbox.CircleCi.Execution.Results;

/// <summary>The test results of each job's last run, from which its next run splits its tests. They lie with the caches.</summary>
internal sealed class TimingStore(JobAssignment assignment)
{
    private string Folder => Path.Combine(assignment.CacheFolder, ".timings", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(assignment.Job)))[..32]);

    /// <summary>Keeps what one node found, in the place of what the same node found before.</summary>
    public Task Keep(TestReport report, CancellationToken cancellation) =>
        DurableFile.Write(Path.Combine(Folder, $"{assignment.NodeIndex}.json"), JsonSerializer.SerializeToUtf8Bytes(report, TestReportJson.Default.TestReport), cancellation);

    /// <summary>Puts the results of all nodes where `circleci tests` looks for them.</summary>
    public async Task Provide(NodeFolder folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(Folder))
            return;
        var tests = new List<TestCase>();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
            tests.AddRange(JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file, cancellation), TestReportJson.Default.TestReport)?.Tests ?? []);
        var target = TestTimings.FileIn(NodeFolder.Signals(folder.Bridge));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await File.WriteAllBytesAsync(target, JsonSerializer.SerializeToUtf8Bytes(new TestReport(tests), TestReportJson.Default.TestReport), cancellation);
    }
}
