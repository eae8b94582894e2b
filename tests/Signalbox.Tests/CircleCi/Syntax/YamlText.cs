using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.CircleCi.Syntax;

internal static class YamlText
{
    /// <summary>The node of a text that has nothing wrong with it.</summary>
    public static YamlNode Read(string text)
    {
        var (node, problems) = Try(text);
        Assert.Empty(problems.Select(problem => problem.Message));
        return node!;
    }

    public static (YamlNode? Node, ValueList<Diagnostic> Problems) Try(string text)
    {
        var problems = new Problems();
        var node = YamlReader.Read(new SourceText("config.yml", text), problems);
        return (node, problems.InOrder());
    }

    /// <summary>What the source says at a node.</summary>
    public static string Written(YamlNode node) => node.Source.Text.Substring(node.Span.Start, node.Span.Length);
}
