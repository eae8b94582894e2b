using System.Text.Json;
using Signalbox.CircleCi.Compilation;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>Which workflows of a config an order means, and the parameters that select them.</summary>
internal sealed record WorkflowChoice(CompiledConfig Config, ValueList<CompiledWorkflow> Workflows, Dictionary<string, JsonElement> Parameters)
{
    public static readonly Rule NoSuchWorkflow = new("SB1450", Severity.Error, "There is no workflow of that name");
    public static readonly Rule NotSelected = new("SB1451", Severity.Error, "The parameters do not select the workflow");
    public static readonly Rule NoJobs = new("SB1452", Severity.Error, "The filters leave the workflow without a job");
    public static readonly Rule SetupAgain = new("SB1454", Severity.Error, "A setup config cannot continue a setup");

    /// <param name="compile">Compiles the same config with other parameters.</param>
    public static async Task<Outcome<WorkflowChoice>> Of(PipelineOrder order, CompiledConfig config, Func<Dictionary<string, JsonElement>, Task<Outcome<CompiledConfig>>> compile)
    {
        var given = new Dictionary<string, JsonElement>(order.Parameters, StringComparer.Ordinal);
        if (order.Workflow is not { } name)
            return new WorkflowChoice(config, [.. config.Pipeline.Workflows.Where(workflow => !workflow.IsScheduled && workflow.Jobs.Count > 0)], given);
        if (config.KeptWorkflows.Contains(name, StringComparer.Ordinal))
            return Chosen(config, name, given);

        // The person names a workflow, so the parameters that select it are meant too, as far as they can be found.
        var written = config.WrittenWorkflows;
        if (!written.Contains(name, StringComparer.Ordinal))
        {
            return NoSuchWorkflow.Without(
                $"{order.Config.Path} has no workflow {Culprit.Quote(name)}",
                NearestName.Of(name, written) is { } nearest ? $"did you mean `{nearest}`?" : $"its workflows are {string.Join(", ", written.Select(Culprit.Quote))}");
        }

        foreach (var guess in Guesses(config, given))
        {
            if ((await compile(guess)).Succeeded(out var other, out _) && other.KeptWorkflows.Contains(name, StringComparer.Ordinal))
                return Chosen(other, name, guess);
        }

        return NotSelected.Without(
            $"with these parameters the config leaves out the workflow {Culprit.Quote(name)}",
            config.SwitchNames.Count == 0 ? "look at its `when`" : $"its `when` may want another `--param`; the switches are {string.Join(", ", config.SwitchNames.Select(Culprit.Quote))}");
    }

    private static Outcome<WorkflowChoice> Chosen(CompiledConfig config, string name, Dictionary<string, JsonElement> parameters) =>
        config.Pipeline.Workflows.FirstOrDefault(workflow => workflow.Name == name) is { Jobs.Count: > 0 } workflow
            ? new WorkflowChoice(config, [workflow], parameters)
            : NoJobs.Without($"no job of {Culprit.Quote(name)} runs for this branch or tag", "look at the `filters` of its jobs");

    /// <summary>Each boolean parameter that was not given, turned on; first with the other switches as they are, then with them off.</summary>
    private static IEnumerable<Dictionary<string, JsonElement>> Guesses(CompiledConfig config, Dictionary<string, JsonElement> given)
    {
        var free = config.SwitchNames.Where(name => !given.ContainsKey(name)).ToList();
        var (on, off) = (JsonElement.Parse("true"), JsonElement.Parse("false"));
        foreach (var alone in (bool[])[false, true])
        {
            foreach (var name in free)
            {
                var guess = new Dictionary<string, JsonElement>(given, StringComparer.Ordinal) { [name] = on };
                foreach (var other in free.Where(other => alone && other != name))
                    guess[other] = off;
                yield return guess;
            }
        }

        yield return free.Aggregate(new Dictionary<string, JsonElement>(given, StringComparer.Ordinal), (all, name) =>
        {
            all[name] = off;
            return all;
        });
    }
}
