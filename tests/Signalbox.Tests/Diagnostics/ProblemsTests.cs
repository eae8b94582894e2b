using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Diagnostics;

public sealed class ProblemsTests
{
    private static readonly Rule Rule = new("SB9999", Severity.Error, "An example");
    private static readonly SourceText Source = new("a.yml", "0123456789");

    [Fact]
    public void Nothing_wrong_gives_the_value()
    {
        var problems = new Problems();
        Assert.Equal("fine", problems.Take<string>("fine"));

        Assert.True(problems.Conclude(() => 7).Succeeded(out var value, out _));
        Assert.Equal(7, value);
    }

    [Fact]
    public void Everything_wrong_is_told_in_the_order_of_the_text()
    {
        var problems = new Problems();
        problems.Add(Rule.At(Source, new Span(5, 1), "second"));
        Assert.Null(problems.Take<string>(Rule.At(Source, new Span(1, 1), "first")));
        problems.Add(Rule.At(new SourceText("b.yml", ""), new Span(0, 0), "third"));

        var outcome = problems.Conclude<int>(() => throw new InvalidOperationException("There is no value."));

        Assert.False(outcome.Succeeded(out _, out var told));
        Assert.Equal("first second third", string.Join(' ', told.Select(problem => problem.Message)));
    }
}
