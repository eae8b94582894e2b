using CsCheck;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Diagnostics;

public sealed class SourceTextTests
{
    [Theory]
    [InlineData("", 0, 1, 1)]
    [InlineData("ab", 2, 1, 3)]
    [InlineData("a\nb", 2, 2, 1)]
    [InlineData("a\r\nb", 3, 2, 1)]
    [InlineData("a\r\nb", 2, 1, 3)]
    [InlineData("a\rb", 2, 2, 1)]
    [InlineData("a\r\r\nb", 4, 3, 1)]
    [InlineData("a\n", 2, 2, 1)]
    [InlineData("\uFEFFab", 1, 1, 2)]
    [InlineData("😀b", 2, 1, 3)]
    public void A_position_is_a_line_and_a_column_from_one(string text, int offset, int line, int column) =>
        Assert.Equal((line, column), new SourceText("x", text).PositionOf(offset));

    [Fact]
    public void A_line_comes_without_its_ending_whatever_that_is()
    {
        var source = new SourceText("x", "one\ntwo\r\nthree\rfour");

        Assert.Equal("one two three four", string.Join(' ', Enumerable.Range(1, source.LineCount).Select(source.Line)));
    }

    [Fact]
    public void Every_offset_is_found_again_in_its_line() =>
        Texts.Any.Sample(text =>
        {
            var source = new SourceText("x", text);
            for (var offset = 0; offset <= source.Text.Length; offset++)
            {
                var (line, column) = source.PositionOf(offset);
                var before = source.Text[..offset].Replace("\r\n", "\n", StringComparison.Ordinal);
                var splitsAPair = offset > 0 && offset < source.Text.Length && source.Text[offset - 1] == '\r' && source.Text[offset] == '\n';
                Assert.Equal(before.Count(c => c is '\n' or '\r') + (splitsAPair ? 0 : 1), line);
                Assert.Equal(offset, source.SpanOfLine(line).Start + column - 1);
            }
        });
}
