using System.Formats.Tar;
using System.Text.Json;
using System.Xml;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Steps;
using Signalbox.CircleCi.Execution.Workplaces;
using Signalbox.Journal;

namespace Signalbox.CircleCi.Execution.Results;

/// <summary>`store_test_results`: the tests of every JUnit report below a path are kept as one list.</summary>
internal sealed class TestResultStep(Node node, StepLog log)
{
    private readonly PlacedFiles _files = new(node);

    public async Task<StepResult> Store(Step.StoreTestResults step, CancellationToken cancel)
    {
        var place = node.Resolve(step.Path);
        var kind = await _files.Kind(place, cancel);
        if (kind is PlacedKind.Nothing)
        {
            log.Say($"No test results found at {place}");
            return StepResult.Success;
        }

        var found = new List<TestCase>();
        var (folder, inside) = kind is PlacedKind.File ? (Path.GetDirectoryName(place)!, Path.GetFileName(place)) : (place, ".");
        if (await _files.Pack(folder, [inside], followsLinks: true, archive => Collect(archive, kind is PlacedKind.File, found, cancel), cancel) is { } complaint)
            log.Say($"Warning: not everything could be read: {complaint}");

        var file = Path.Combine(node.Folder.Tests, TestReport.FileName);
        var report = new TestReport([.. await StoredTests.Read([node.Folder.Path], cancel), .. found]);
        await DurableFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(report, TestReportJson.Default.TestReport), cancel);
        await new TimingStore(node.Assignment).Keep(report, cancel);
        var (passed, failed, skipped) = (Count(found, TestResult.Passed), Count(found, TestResult.Failed), Count(found, TestResult.Skipped));
        node.Events.Tell(new JobEvent.TestsStored(passed, failed, skipped));
        log.Say($"{passed} passed, {failed} failed, {skipped} skipped");
        foreach (var test in found.Where(test => test.Result is TestResult.Failed))
            log.Say($"failed: {test.ClassName} {test.Name}".Replace("  ", " ", StringComparison.Ordinal));
        return StepResult.Success;
    }

    private async Task Collect(Stream archive, bool isOneFile, List<TestCase> found, CancellationToken cancel)
    {
        await using var reader = new TarReader(archive);
        while (await reader.GetNextEntryAsync(copyData: false, cancel) is { } entry)
        {
            if (entry.DataStream is not { } content || (!isOneFile && !entry.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)))
                continue;
            try
            {
                found.AddRange(await JUnitReport.Read(content));
            }
            catch (XmlException broken)
            {
                log.Say($"Warning: {entry.Name} is not a JUnit report: {broken.Message}");
            }
        }

        await archive.CopyToAsync(Stream.Null, cancel);
    }

    private static int Count(List<TestCase> tests, TestResult result) => tests.Count(test => test.Result == result);
}
