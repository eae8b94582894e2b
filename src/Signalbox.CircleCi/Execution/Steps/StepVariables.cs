using System.Globalization;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;

namespace Signalbox.CircleCi.Execution.Steps;

/// <summary>
/// The environment of a step, by rank (environment variables, "Order of precedence"): the step's own, the job's, the
/// primary image's, and below them what the engine was given: built-in, context and project variables.
/// </summary>
internal sealed class StepVariables(Node node)
{
    private readonly Dictionary<string, string> _ofTheJob = OfTheJob(node);

    /// <summary>Adds a variable for the steps that follow.</summary>
    public void Add(string name, string value) => _ofTheJob[name] = value;

    public IReadOnlyDictionary<string, string> OfStep(IEnumerable<Variable> own)
    {
        var all = new Dictionary<string, string>(_ofTheJob, StringComparer.Ordinal);
        foreach (var variable in own)
            all[variable.Name] = variable.Value;
        return all;
    }

    private static Dictionary<string, string> OfTheJob(Node node)
    {
        var (assignment, bridge) = (node.Assignment, node.Place.Bridge);
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CI"] = "true",
            ["CIRCLECI"] = "true",
            ["CIRCLE_JOB"] = assignment.Job,
            ["CIRCLE_NODE_INDEX"] = assignment.NodeIndex.ToString(CultureInfo.InvariantCulture),
            ["CIRCLE_NODE_TOTAL"] = assignment.NodeTotal.ToString(CultureInfo.InvariantCulture),
            ["CIRCLE_SHA1"] = assignment.Source.Commit,
            ["CIRCLE_WORKING_DIRECTORY"] = assignment.Body.WorkingDirectory,
            ["SIGNALBOX_PLUGINS"] = Path.Combine(assignment.Source.Repository, ".signalbox", "plugins"),
            ["GIT_ASKPASS"] = "echo", // nobody is there to be asked
            ["SSH_ASKPASS"] = "false",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["PAGER"] = "cat",
        };
        IEnumerable<Variable> image = assignment.Body.Executor is JobExecutor.Docker { Images: [var primary, ..] } ? primary.Environment : [];
        // Where the bridge lies is known here only, so these replace what the engine guessed.
        Variable[] bridged =
        [
            new("CIRCLE_INTERNAL_TASK_DATA", NodeFolder.Signals(bridge)),
            new("CIRCLE_INTERNAL_SCRATCH", NodeFolder.Signals(bridge)),
            new("BASH_ENV", NodeFolder.BashEnvironment(bridge)),
            new("CIRCLE_SHELL_ENV", NodeFolder.BashEnvironment(bridge)),
        ];
        foreach (var variable in node.Place.Variables.Concat(assignment.Variables).Concat(bridged).Concat(image).Concat(assignment.Body.Environment))
            all[variable.Name] = variable.Value;
        return all;
    }
}
