using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;
using Signalbox.Tests.CircleCi.Syntax;
using Xunit;

namespace Signalbox.Tests.CircleCi.Compilation;

internal static class Compiled
{
    /// <summary>What a config compiles to; it has nothing wrong, warnings aside.</summary>
    public static async Task<CompiledDocument> Of(string config, params (string Name, string Value)[] given)
    {
        var result = await Try(config, given);
        Assert.Empty(result.Diagnostics.Where(problem => problem.Rule.Severity == Severity.Error).Select(problem => $"{problem.Rule.Code} {problem.Message}"));
        return result.Document!;
    }

    /// <param name="given">Pipeline values where the name begins with `pipeline.`, parameters otherwise.</param>
    public static async Task<CompilationResult> Try(string config, params (string Name, string Value)[] given)
    {
        var values = PipelineValues.ForChecking;
        foreach (var (name, value) in given.Where(item => item.Name.StartsWith("pipeline.", StringComparison.Ordinal)))
        {
            Assert.True(values.With(name, value).Succeeded(out var more, out _));
            values = more!;
        }

        var request = new CompilationRequest(new SourceText("config.yml", config))
        {
            Values = values,
            Parameters = given.Where(item => !item.Name.StartsWith("pipeline.", StringComparison.Ordinal)).ToDictionary(item => item.Name, item => item.Value),
            ChecksEverything = true,
        };
        return await ConfigCompiler.Compile(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The code of each error, in the order of the text.</summary>
    public static async Task<string> Errors(string config, params (string Name, string Value)[] given) =>
        string.Join(' ', (await Try(config, given)).Diagnostics.Where(problem => problem.Rule.Severity == Severity.Error).Select(problem => problem.Rule.Code));

    public static async Task<string> Messages(string config, params (string Name, string Value)[] given) =>
        string.Join('\n', (await Try(config, given)).Diagnostics.Select(problem => problem.Message));

    /// <summary>A node by its path, such as `jobs/build/steps/0/run/command`.</summary>
    public static YamlNode? At(this CompiledDocument document, string path)
    {
        YamlNode? node = document.Root;
        foreach (var part in path.Split('|'))
        {
            node = node switch
            {
                YamlNode.Mapping mapping => mapping[part],
                YamlNode.Sequence list => int.Parse(part) < list.Items.Length ? list.Items[int.Parse(part)] : null,
                _ => null,
            };
        }

        return node;
    }

    public static string Text(this CompiledDocument document, string path) => (document.At(path) as YamlNode.Scalar)?.Text ?? "";

    /// <summary>A node as YAML, to compare it with what a test writes.</summary>
    public static void Same(string expected, YamlNode? actual)
    {
        Assert.NotNull(actual);
        Assert.True(YamlEquality.Same(YamlText.Read(expected), actual), YamlWriter.Write(actual));
    }

    /// <summary>`name(required,…)` for every job of a workflow.</summary>
    public static string Graph(this CompiledDocument document, string workflow) => string.Join(' ', document.Jobs(workflow).Select(job => job.Value is YamlNode.Mapping keys && keys["requires"] is YamlNode.Sequence required
        ? $"{job.Name}({string.Join(',', required.Items.Select(item => item is YamlNode.Mapping { Entries: [var only] } ? $"{only.Name}:{Flat(only.Value)}" : ((YamlNode.Scalar)item).Text))})"
        : job.Name));

    public static IEnumerable<YamlEntry> Jobs(this CompiledDocument document, string workflow) =>
        ((YamlNode.Sequence)document.At($"workflows|{workflow}|jobs")!).Items.Select(item => item is YamlNode.Mapping { Entries: [var only] } ? only : new YamlEntry((YamlNode.Scalar)item, item));

    private static string Flat(YamlNode node) => node is YamlNode.Sequence list ? string.Join('+', list.Items.Select(Flat)) : ((YamlNode.Scalar)node).Text;
}
