using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Diagnostics;

public sealed class DiagnosticTextTests
{
    private static readonly Rule Rule = new("SB9999", Severity.Error, "An example");

    [Fact]
    public void A_diagnostic_without_a_place_is_its_message_and_hint() =>
        Assert.Equal("error[SB9999]: it broke\nhint: mend it\n", DiagnosticText.Render(Rule.Without("it broke", "mend it")));

    [Theory]
    [InlineData("tab", "a:\tb: c\n", "b")]
    [InlineData("tab-inside", "\ta\tb\n", "a\tb")]
    [InlineData("wide", "日本: x\n", "x")]
    [InlineData("wide-itself", "a: 日本\n", "日本")]
    [InlineData("emoji", "👩‍👩‍👧🇬🇧❤\uFE0F: x\n", "x")]
    [InlineData("combining", "cafe\u0301: x\n", "x")]
    [InlineData("several-lines", "a: |\n  one\n  two\n", "|\n  one\n  two")]
    [InlineData("carriage-returns", "a: 1\rb: 2\rc: 3", "2")]
    [InlineData("end-of-file", "a: 1\n", "")]
    [InlineData("control", "a: \e[31mred\u202E\n", "red")]
    public void An_excerpt_underlines_what_is_meant(string name, string text, string meant)
    {
        var start = meant.Length == 0 ? text.Length : text.IndexOf(meant, StringComparison.Ordinal);

        Golden.Verify(Render(text, new Span(start, meant.Length)), $"excerpt-{name}.txt");
    }

    [Theory]
    [InlineData("begin", 0)]
    [InlineData("middle", 500)]
    [InlineData("end", 996)]
    public void A_very_long_line_is_cut_around_the_place(string name, int start)
    {
        var text = string.Join(" ", Enumerable.Range(0, 250).Select(number => $"{number:000}"));

        Golden.Verify(Render(text, new Span(start, 3)), $"long-line-{name}.txt");
    }

    [Theory]
    [InlineData(Severity.Error, "\e[1;31merror[SB9999]\e[0m: it broke")]
    [InlineData(Severity.Warning, "\e[1;33mwarning[SB9999]\e[0m: it broke")]
    [InlineData(Severity.Note, "\e[1;36mnote[SB9999]\e[0m: it broke")]
    public void Colour_repeats_what_the_word_says(Severity severity, string first)
    {
        var problem = (Rule with { Severity = severity }).At(new SourceText("x", "abc"), new Span(1, 1), "it broke");
        var coloured = DiagnosticText.Render(problem, colour: true);

        Assert.Equal(first, coloured.Split('\n')[0]);
        Assert.Equal(DiagnosticText.Render(problem), Uncoloured(coloured));
    }

    [Fact]
    public void Any_span_inside_any_text_is_shown_and_nothing_commands_the_terminal() =>
        Gen.Select(Texts.Any, Gen.Int[0, 2000], Gen.Int[0, 2000]).Sample((text, one, other) =>
        {
            var source = new SourceText("x", text);
            var start = one % (source.Text.Length + 1);
            var span = new Span(start, other % (source.Text.Length - start + 1));
            var lines = DiagnosticText.Render(Rule.At(source, span, text, text)).Split('\n');

            Assert.DoesNotContain(lines, line => line.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune.Value is 0x202E or 0x200B));
            Assert.Contains(lines, line => line.TrimEnd('^') != line);
        });

    [Fact]
    public void Carets_stand_under_plain_text_exactly() =>
        Gen.Select(Gen.String["abc xyz"], Gen.Int[0, 2000], Gen.Int[0, 2000]).Where((text, _, _) => text.Length < 100).Sample((text, one, other) =>
        {
            var start = one % (text.Length + 1);
            var length = other % (text.Length - start + 1);
            var excerpt = Excerpt.Of(new SourceText("x", text), new Span(start, length));

            Assert.Equal(new Excerpt(text, start, Math.Max(1, length)), excerpt);
        });

    [Theory]
    [InlineData("short", "`short`")]
    [InlineData("a\tb\nc\e", "`a b c\uFFFD`")]
    public void A_culprit_is_quoted_on_one_line(string text, string quoted) => Assert.Equal(quoted, Culprit.Quote(text));

    [Fact]
    public void A_long_culprit_does_not_hide_the_sentence() =>
        Assert.Equal($"`{new string('x', 59)}…`", Culprit.Quote(new string('x', 59) + "😀 and more"));

    private static string Render(string text, Span span) => DiagnosticText.Render(Rule.At(new SourceText("signalbox.yml", text), span, "this is meant"));

    private static string Uncoloured(string text) => Regex.Replace(text, "\e\\[[0-9;]*m", "");
}
