using System.Text.Json;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Compilation.Binding;
using Signalbox.CircleCi.Compilation.Workflows;
using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>A config as one pipeline executes it.</summary>
/// <param name="Text">In CircleCI's compiled form; a rerun reads it again.</param>
/// <param name="IsSetup">It only decides how the pipeline goes on (dynamic configuration).</param>
/// <param name="WrittenWorkflows">Every workflow of the text, also those that a `when` leaves out.</param>
/// <param name="KeptWorkflows">Those that their `when` keeps, also those whose jobs are all filtered out.</param>
/// <param name="SwitchNames">The boolean pipeline parameters.</param>
internal sealed record CompiledConfig(
    string Text,
    CompiledPipeline Pipeline,
    bool IsSetup,
    ValueList<string> WrittenWorkflows,
    ValueList<string> KeptWorkflows,
    ValueList<string> SwitchNames,
    ValueList<Diagnostic> Warnings);

/// <summary>The way from a config's text to what the engine schedules.</summary>
internal static class ConfigCompilation
{
    public static async Task<Outcome<CompiledConfig>> Compile(
        SourceText config, PipelineRecord pipeline, GitFacts git, ProjectIdentity project, CancellationToken cancellation)
    {
        if (!PipelineFacts.Values(pipeline, git, project).Succeeded(out var values, out var problems))
            return new Outcome<CompiledConfig>.Failure(problems);
        var orbs = Path.Combine(pipeline.Source.Repository, ".signalbox", "orbs");
        var result = await ConfigCompiler.Compile(
            new CompilationRequest(config)
            {
                Values = values,
                Parameters = pipeline.Parameters.ToDictionary(parameter => parameter.Key, parameter => Text(parameter.Value), StringComparer.Ordinal),
                Orbs = new OrbLibrary(orbs, Path.Combine(".signalbox", "orbs"), new Dictionary<string, string>(StringComparer.Ordinal)),
            },
            cancellation);
        if (result.Document is not { } document)
            return new Outcome<CompiledConfig>.Failure(result.Diagnostics);

        var pruned = WorkflowPruning.ForPipeline(document, pipeline.Source.Branch, pipeline.Source.Tag);
        if (!PipelineBinder.Bind(pruned).Succeeded(out var bound, out problems))
            return new Outcome<CompiledConfig>.Failure(problems);
        var written = YamlReader.Read(config, new Problems()) as YamlNode.Mapping;
        return new CompiledConfig(
            pruned.ToYaml(),
            bound,
            result.IsSetup,
            [.. Names(written, "workflows").Where(name => name != "version")],
            [.. document.Workflows.Select(workflow => workflow.Name)],
            [.. Names(written, "parameters").Where(name => ((written?["parameters"] as YamlNode.Mapping)?[name] as YamlNode.Mapping)?["type"] is YamlNode.Scalar { Text: "boolean" })],
            result.Diagnostics);
    }

    /// <summary>Reads a compiled config again.</summary>
    public static Outcome<CompiledPipeline> Read(string compiled)
    {
        var problems = new Problems();
        return YamlReader.Read(new SourceText("compiled config", compiled), problems) is YamlNode.Mapping root
            ? PipelineBinder.Bind(new CompiledDocument(root))
            : problems.Conclude(() => new CompiledPipeline([]));
    }

    private static IEnumerable<string> Names(YamlNode.Mapping? root, string section) =>
        root?[section] is YamlNode.Mapping mapping ? mapping.Entries.Select(entry => entry.Name) : [];

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
