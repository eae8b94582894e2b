using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Diagnostics;

public sealed class DiagnosticFormatTests
{
    private static readonly Rule Broken = new("SB9998", Severity.Error, "It is broken");
    private static readonly Rule Odd = new("SB9999", Severity.Warning, "It is odd");
    private static readonly SourceText Source = new("infra/a b.yml", "one: 1\r\ntwo: 😀\r\n");

    private static readonly Diagnostic[] Examples =
    [
        Odd.At(Source, new Span(13, 2), "this is odd"),
        Broken.At(Source, new Span(0, 17), "both lines are \"broken\"", "mend them"),
        Broken.Without("the world is broken"),
    ];

    [Fact]
    public void Json_says_everything_that_the_text_says() =>
        Golden.Verify(Written(json => DiagnosticJson.Write(json, Examples)), "diagnostics.json");

    [Fact]
    public void Sarif_lists_each_rule_once_and_places_each_result() =>
        Golden.Verify(Written(json => Sarif.Write(json, Examples, "1.2.3")), "diagnostics.sarif");

    [Fact]
    public void A_result_points_at_its_own_rule()
    {
        using var sarif = JsonDocument.Parse(Written(json => Sarif.Write(json, Examples, "1.2.3")));
        var run = sarif.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");

        Assert.All(run.GetProperty("results").EnumerateArray(), result =>
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()));
    }

    [Fact]
    public void Any_text_becomes_valid_json() =>
        Texts.Any.Sample(text =>
        {
            var source = new SourceText(text, text);
            var problem = Broken.At(source, new Span(0, source.Text.Length), text, text);

            using var json = JsonDocument.Parse(Written(json => DiagnosticJson.Write(json, [problem])));
            using var sarif = JsonDocument.Parse(Written(json => Sarif.Write(json, [problem], "1")));
            Assert.Equal(source.LineCount, json.RootElement[0].GetProperty("endLine").GetInt32());
        });

    private static string Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
