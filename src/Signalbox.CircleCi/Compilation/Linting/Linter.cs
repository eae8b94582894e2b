using Signalbox.CircleCi.Compilation.Jobs;
using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Linting;

/// <summary>Looks for what compiles and is probably not meant: names that nobody uses, and values that change on their way.</summary>
/// <remarks>It looks at the whole text, also at what a condition leaves out. In doubt a name is used.</remarks>
internal sealed class Linter(SourceConfig config, ElementScope scope, bool isSetup, CompilationReport report)
{
    private static readonly Rule UnusedJob = new("SB1130", Severity.Warning, "A job is never invoked");
    private static readonly Rule UnusedCommand = new("SB1131", Severity.Warning, "A command is never invoked");
    private static readonly Rule UnusedExecutor = new("SB1132", Severity.Warning, "An executor is never used");
    private static readonly Rule UnusedParameter = new("SB1133", Severity.Warning, "A parameter is never used");
    private static readonly Rule UnusedOrb = new("SB1134", Severity.Warning, "An orb is never used");
    private static readonly Rule OverriddenStep = new("SB1136", Severity.Warning, "A command has the name of a built-in step");

    private readonly MentionedNames _mentioned = MentionedNames.In(config.Root);

    public void Look()
    {
        UnquotedNumbers.Look(config.Root, report);
        foreach (var job in scope.Jobs.Values.Where(job => !_mentioned.IsListed(job.Name) && !IsImplicit(job)))
            report.Add(UnusedJob, job.Key, $"job {Culprit.Quote(job.Name)} is in no workflow", "add it to a workflow, or remove it");
        if (!config.IsReusable)
            return;

        foreach (var command in scope.Commands.Values)
        {
            NameRules.OfElement(command, "command", report);
            if (BuiltInSteps.Knows(command.Name))
                report.Add(OverriddenStep, command.Key, $"Command '{command.Name}' in commands.{command.Name} may override built-in CircleCI command '{command.Name}'", "rename the command");
            if (!_mentioned.IsListed(command.Name))
                report.Add(UnusedCommand, command.Key, $"command {Culprit.Quote(command.Name)} is never invoked", "invoke it, or remove it");
        }

        foreach (var executor in scope.Executors.Values)
        {
            NameRules.OfElement(executor, "executor", report);
            if (!_mentioned.IsSaid(executor.Name))
                report.Add(UnusedExecutor, executor.Key, $"executor {Culprit.Quote(executor.Name)} is never used", "use it, or remove it");
        }

        foreach (var job in scope.Jobs.Values)
            NameRules.OfElement(job, "job", report);
        LookAtParameters();
        foreach (var orb in SourceConfig.Section(config.Root, "orbs", report).Where(orb => !_mentioned.HasPrefix($"{orb.Name}/")))
            report.Add(UnusedOrb, orb.Key, $"orb {Culprit.Quote(orb.Name)} is never used", "use it, or remove it");
    }

    private void LookAtParameters()
    {
        foreach (var element in scope.Commands.Values.Concat(scope.Executors.Values).Concat(scope.Jobs.Values))
        {
            if (element.Body["parameters"] is not YamlNode.Mapping { Entries.Length: > 0 } declared)
                continue;
            var references = ReferencedParameters.In(element.Body, "parameters.");
            foreach (var parameter in declared.Entries.Where(parameter => !references.Contains(parameter.Name)))
                report.Add(UnusedParameter, parameter.Key, $"parameter {Culprit.Quote(parameter.Name)} of {Culprit.Quote(element.Name)} is never used", $"refer to it as `<< parameters.{parameter.Name} >>`, or remove it");
        }

        // A setup config may declare a parameter only to have it passed on.
        if (isSetup || config.Root["parameters"] is not YamlNode.Mapping pipeline)
            return;
        var used = ReferencedParameters.In(config.Root, "pipeline.parameters.");
        foreach (var parameter in pipeline.Entries.Where(parameter => !used.Contains(parameter.Name)))
            report.Add(UnusedParameter, parameter.Key, $"pipeline parameter {Culprit.Quote(parameter.Name)} is never used", $"refer to it as `<< pipeline.parameters.{parameter.Name} >>`, or remove it");
    }

    private bool IsImplicit(Element job) => job.Name == "build" && config.Root["workflows"] is null;
}
