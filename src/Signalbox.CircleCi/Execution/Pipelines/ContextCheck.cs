using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>Whether the contexts that a workflow uses are there, before any of its jobs runs.</summary>
internal static class ContextCheck
{
    private static readonly Rule UnknownContext = new("SB6003", Severity.Error, "A context has no definition on this machine");
    private static readonly Rule MissingVariable = new("SB6004", Severity.Error, "A variable of a context has no value");

    public static ValueList<Diagnostic> Of(CompiledWorkflow workflow, VariableSources sources)
    {
        var problems = new List<Diagnostic>();
        foreach (var context in workflow.Jobs.SelectMany(job => job.Contexts).Distinct(StringComparer.Ordinal))
        {
            if (!sources.Contexts.ContainsKey(context))
            {
                var user = workflow.Jobs.First(job => job.Contexts.Contains(context, StringComparer.Ordinal)).Name;
                problems.Add(UnknownContext.Without(
                    $"the context {Culprit.Quote(context)} of the job {Culprit.Quote(user)} is not defined here",
                    NearestName.Of(context, sources.Contexts.Keys) is { } nearest
                        ? $"did you mean `{nearest}`?"
                        : $"write its variables, NAME=value, one a line, into `.signalbox/contexts/{context}.env`; an empty file will do"));
            }

            foreach (var variable in sources.Missing.GetValueOrDefault(context) ?? [])
            {
                problems.Add(MissingVariable.Without(
                    $"{Culprit.Quote(variable)} of the context {Culprit.Quote(context)} has no value",
                    $"set {variable} in the environment, or write `{variable}=value` into `.signalbox/contexts/{context}.env`"));
            }
        }

        return [.. problems];
    }
}
