using System.Diagnostics;
using System.Text;
using CsCheck;
using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;
using Signalbox.Tests.House;
using Xunit;

namespace Signalbox.Tests.Delivery.Environments;

/// <summary>Whatever stands in the file: an answer, soon, and every place that it names is inside the text.</summary>
public sealed class SignalboxFileProperties
{
    private static readonly string[] Seeds = [Repository.Read("signalbox.yml"), .. BadFiles.All.Values];

    private static readonly string[] Pieces =
    [
        "\t", "\n", "\r", "\r\n", "\0", "\uFEFF", "\u2028", "\u0085", "\uD83D", "\uDE00", "😀", "e\u0301", " ", "  ", "-", "- ", "? ", ":", ": ", "#", "&a ", "*a", "!",
        "!!str ", "!<", "!<>", "%", "%YAML 1.2\n", "%TAG ! !\n", "---\n", "...\n", "|", ">", "|2-\n", "'", "\"", "\\", "\\x", "\\U0011FFFF", "[", "]", "{", "}", ",", "<<: ", "~", "null",
        "prod:", "root:", "../", "/", "99999999999999999999", "true", "@", "`",
    ];

    private static readonly Gen<Func<string, string>> Mutation = Gen.OneOf(
        Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index])).Select((at, piece) => new Func<string, string>(text => text.Insert(at % (text.Length + 1), piece))),
        Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, 12]).Select((at, length) => new Func<string, string>(text => Cut(text, at % (text.Length + 1), length))),
        Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, 40], Gen.Int[0, 1 << 20]).Select((from, length, to) => new Func<string, string>(text => Copy(text, from % (text.Length + 1), length, to % (text.Length + 1)))));

    private static readonly Gen<string> Mutated =
        Gen.Select(Gen.Int[0, Seeds.Length - 1].Select(index => Seeds[index]), Mutation.Array[0, 8]).Select((text, mutations) => mutations.Aggregate(text, (mutated, mutate) => mutate(mutated)));

    [Fact]
    public void Mutated_files_are_answered_with_places_inside_the_text() => Mutated.Sample(AssertIsAnswered, iter: 4_000);

    [Fact]
    public void Pieces_of_YAML_in_any_order_are_answered() =>
        Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 40].Select(string.Concat).Sample(AssertIsAnswered, iter: 4_000);

    [Fact]
    public void Any_bytes_are_answered() =>
        Gen.Byte.Array[0, 200].Sample(
            bytes =>
            {
                if (SignalboxFileText.Decode("signalbox.yml", bytes).Succeeded(out var source, out var problems))
                    AssertIsAnswered(source.Text);
                else
                    AssertArePlaced(problems);
            },
            iter: 4_000);

    [Theory]
    [InlineData("[")]
    [InlineData("[\n")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a: 1\n")]
    [InlineData("\t\n")]
    [InlineData("'")]
    [InlineData("---\n")]
    [InlineData("*a ")]
    [InlineData("%TAG !a! b\n")]
    public void A_megabyte_of_the_same_is_answered_soon(string piece)
    {
        var text = new StringBuilder().Insert(0, piece, 1_000_000 / piece.Length).ToString();
        var clock = Stopwatch.StartNew();

        AssertIsAnswered(text);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    [Fact]
    public void An_alias_bomb_is_refused_instead_of_expanded()
    {
        var bomb = string.Concat(Enumerable.Range(0, 30).Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n"));

        Assert.False(Checkout.Parse(bomb).Succeeded(out _, out var problems));
        Assert.Equal(300, problems.Count(problem => problem.Rule.Code == "SB3007"));
    }

    private static void AssertIsAnswered(string text)
    {
        if (!Checkout.Parse(text).Succeeded(out var file, out var problems))
            AssertArePlaced(problems);
        else
            Assert.NotEmpty(file.Environments);
    }

    private static void AssertArePlaced(ValueList<Diagnostic> problems)
    {
        Assert.NotEmpty(problems);
        foreach (var problem in problems.Take(100))
        {
            if (problem.Location is { } at)
                Assert.True(at.Span is { Start: >= 0, Length: >= 0 } && at.Span.End <= at.Source.Text.Length, $"{at.Span} of {problem.Message}");
            Assert.NotEmpty(DiagnosticText.Render(problem));
        }
    }

    private static string Cut(string text, int at, int length) => text.Remove(at, Math.Min(length, text.Length - at));

    private static string Copy(string text, int from, int length, int to) =>
        text.Insert(to, text.Substring(from, Math.Min(length, text.Length - from)));
}
