using System.Globalization;
using System.Xml;

namespace Signalbox.CircleCi.Execution.Results;

/// <summary>Reads the tests of a JUnit XML report, however its writer nests suites.</summary>
internal static class JUnitReport
{
    private static readonly XmlReaderSettings Settings = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Ignore, // so that no entity bomb is expanded
        XmlResolver = null,
        CheckCharacters = false, // tests print control characters
    };

    /// <exception cref="XmlException">It is not XML.</exception>
    public static async Task<IReadOnlyList<TestCase>> Read(Stream xml)
    {
        var tests = new List<TestCase>();
        var suiteFiles = new Stack<string?>();
        using var reader = XmlReader.Create(xml, Settings);
        while (await reader.ReadAsync())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "testsuite", IsEmptyElement: false })
                suiteFiles.Push(reader.GetAttribute("file") ?? (suiteFiles.TryPeek(out var outer) ? outer : null));
            else if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "testsuite" })
                _ = suiteFiles.TryPop(out _);
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "testcase" })
                tests.Add(await Case(reader, suiteFiles.TryPeek(out var file) ? file : null));
        }

        return tests;
    }

    private static async Task<TestCase> Case(XmlReader reader, string? suiteFile)
    {
        var test = new TestCase(
            reader.GetAttribute("name") ?? "",
            reader.GetAttribute("classname") ?? "",
            reader.GetAttribute("file") ?? suiteFile,
            double.TryParse(reader.GetAttribute("time")?.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0,
            TestResult.Passed,
            Message: null);
        if (reader.IsEmptyElement)
            return test;

        var depth = reader.Depth;
        while (await reader.ReadAsync() && !(reader.NodeType is XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader.NodeType is not XmlNodeType.Element || reader.Depth != depth + 1)
                continue;
            test = reader.LocalName switch
            {
                "failure" or "error" => test with { Result = TestResult.Failed, Message = test.Message ?? await Said(reader) },
                "skipped" when test.Result is TestResult.Passed => test with { Result = TestResult.Skipped, Message = await Said(reader) },
                _ => test,
            };
        }

        return test;
    }

    private static async Task<string?> Said(XmlReader reader)
    {
        var message = reader.GetAttribute("message");
        if (reader.IsEmptyElement)
            return message;
        using var inside = reader.ReadSubtree();
        var text = "";
        while (await inside.ReadAsync())
        {
            if (inside.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                text += inside.Value;
        }

        return string.IsNullOrEmpty(message) ? text.Trim() is { Length: > 0 } said ? said : null : message;
    }
}
