using CsCheck;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.CircleCi.Syntax;

/// <summary>What holds for every text and every tree.</summary>
public sealed class YamlProperties
{
    private static readonly YamlNode Nowhere = new YamlNode.Scalar(new SourceText("", ""), default, "", ScalarStyle.Plain, tag: null);

    private static readonly Gen<string> Text = Gen.Frequency(
        (3, Gen.String),
        (2, Gen.String[Gen.Char["\n\t -:#{}[]&*!|>'\"%@`,?ab1.é"], 0, 12]),
        (2, Gen.OneOf<string>("yes", "1.0", "12", "~", "null", "<<", "a: b", "- a", "a #b", "line\nline\n", "line\n\n", " x\ny", "2019-01-01", "---", "...", "=", "\u0085", "\uFEFF", "\uD800")));

    private static readonly Gen<YamlNode> Tree = Gen.Recursive<YamlNode>((depth, inner) => depth > 4
        ? Text.Select(Scalar)
        : Gen.Frequency(
            (3, Text.Select(Scalar)),
            (1, inner.Array[0, 3].Select(items => (YamlNode)YamlNode.Sequence.At(Nowhere, items))),
            (2, Gen.Select(Text, inner).Array[0, 3].Select(entries => (YamlNode)YamlNode.Mapping.At(
                Nowhere, entries.DistinctBy(entry => entry.Item1).Select(entry => YamlEntry.Of(entry.Item1, entry.Item2)))))));

    [Fact]
    public void What_is_written_reads_back_the_same_and_is_written_the_same_again() => Tree.Sample(
        tree =>
        {
            var text = YamlWriter.Write(tree);
            var back = YamlText.Read(text);
            return YamlEquality.Same(tree, back) && YamlWriter.Write(back) == text;
        },
        iter: 3_000,
        print: tree => YamlWriter.Write(tree));

    [Fact]
    public void Reading_never_throws_and_stays_inside_the_text() => Gen.String[Gen.Char["\n\n\t  --::#{}[]&*!|>'\"%@`,?<ab1.é\0\u2028\r"], 0, 60].Sample(
        text =>
        {
            var (node, problems) = YamlText.Try(text);
            return (node is null || IsInside(node, node.Source.Text.Length))
                && problems.All(problem => problem.Location is { } at && at.Span is { Start: >= 0, Length: >= 0 } && at.Span.End <= at.Source.Text.Length);
        },
        iter: 20_000);

    private static bool IsInside(YamlNode node, int length) =>
        node.Span is { Start: >= 0, Length: >= 0 } && node.Span.End <= length && node switch
        {
            YamlNode.Sequence sequence => sequence.Items.All(item => IsInside(item, length)),
            YamlNode.Mapping mapping => mapping.Entries.All(entry => IsInside(entry.Key, length) && IsInside(entry.Value, length)),
            _ => true,
        };

    private static YamlNode Scalar(string text) => YamlNode.Scalar.OfText(Nowhere, WithoutLoneSurrogates(text));

    /// <summary>A lone surrogate is no character: no encoding of a file can hold it.</summary>
    private static string WithoutLoneSurrogates(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
