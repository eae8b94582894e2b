using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>A config as one pipeline executes it.</summary>
/// <param name="Text">In CircleCI's compiled form; a rerun reads it again.</param>
/// <param name="IsSetup">It only decides how the pipeline goes on (dynamic configuration).</param>
/// <param name="WrittenWorkflows">Every workflow of the text, also those that a `when` leaves out.</param>
/// <param name="SwitchNames">The boolean pipeline parameters.</param>
internal sealed record CompiledConfig(
    string Text, CompiledPipeline Pipeline, bool IsSetup, ValueList<string> WrittenWorkflows, ValueList<string> SwitchNames);

/// <summary>The way from a config's text to what the engine schedules.</summary>
internal static class ConfigCompilation
{
    public static Outcome<CompiledConfig> Compile(SourceText config, PipelineRecord pipeline, GitFacts git, ProjectIdentity project) => throw new NotSupportedException();

    /// <summary>Reads a compiled config again.</summary>
    public static Outcome<CompiledPipeline> Read(string compiled, PipelineRecord pipeline) => throw new NotSupportedException();
}
