using Signalbox.CircleCi.Compilation.Interpolation;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Workflows;

/// <summary>Decides which workflows are kept, and plans the jobs of each.</summary>
internal sealed class WorkflowCompiler(Interpolator interpolator, LogicStatements logic, JobPlanner planner, JobGroups groups, CompilationReport report)
{
    private static readonly Rule Malformed = new("SB1075", Severity.Error, "A workflow is malformed");
    private static readonly Rule TwoConditions = new("SB1071", Severity.Error, "A workflow has both `when` and `unless`");
    private static readonly Rule UnknownKey = new("SB1076", Severity.Warning, "A key of a workflow is not used");
    private static readonly Rule SameLock = new("SB1111", Severity.Warning, "A workflow takes the same serial-group twice");
    private static readonly Rule NeedsName = new("SB1106", Severity.Error, "A job-group is invoked twice under one name");

    private static readonly string[] Keys = ["jobs", "when", "unless", "triggers", "max_auto_reruns", "description"];

    /// <param name="keepsAll">Compile those as well that their condition excludes, to have them checked.</param>
    /// <returns>Null when the workflow is excluded.</returns>
    public PlannedWorkflow? Compile(YamlEntry workflow, Frame outer, bool keepsAll)
    {
        var frame = outer.Calling("workflow", workflow.Name);
        if (workflow.Value is not YamlNode.Mapping body || body["jobs"] is not YamlNode.Sequence { Items.Length: > 0 } list)
        {
            report.Add(Malformed, workflow.Key, $"workflow {Culprit.Quote(workflow.Name)} has no list of `jobs`", "add `jobs:` with at least one job");
            return null;
        }

        Check(body);
        var isKept = IsKept(body, frame);
        if (!isKept && !keepsAll)
            return null;

        var jobs = new List<PlannedJob>();
        foreach (var entry in list.Items)
        {
            if (planner.Read(entry, frame) is var (name, keys))
                jobs.AddRange(groups.Holds(name.Text) ? groups.Expand(name, keys, frame) : planner.Plan(name, keys, frame, group: null, prefix: ""));
        }

        FinalNames.Number(jobs);
        WarnOfLocks(jobs);
        RefuseUnnamedGroups(jobs);
        new RequirementResolution(workflow.Name, jobs, report).Resolve();
        JobGraph.RefuseCycles(jobs, report);
        var left = report.HasErrors ? jobs : JobGraph.WithoutFilteredOut(jobs);
        return new PlannedWorkflow(workflow, Rest(body, frame), left, isKept);
    }

    private void Check(YamlNode.Mapping body)
    {
        if (body.Find("when") is not null && body.Find("unless") is { } second)
            report.Add(TwoConditions, second.Key, "a workflow has `when` or `unless`, not both", "join the two conditions with `and:` and `not:`");
        foreach (var entry in body.Entries.Where(entry => !Keys.Contains(entry.Name)))
            report.Add(UnknownKey, entry.Key, $"{Culprit.Quote(entry.Name)} is not a key of a workflow", NearestName.Of(entry.Name, Keys) is { } near ? $"did you mean `{near}`?" : "remove it; CircleCI does not read it");
        if (body["max_auto_reruns"] is { } reruns && reruns is not YamlNode.Scalar { WholeNumber: >= 1 and <= 5 } && !Template.IsReference(reruns))
            report.Add(Malformed, reruns, "`max_auto_reruns` is a number from 1 to 5", "give such a number");
    }

    private bool IsKept(YamlNode.Mapping body, Frame frame)
    {
        if (body["when"] is { } when)
            return logic.OfWorkflow(when, frame);
        return body["unless"] is not { } unless || !logic.OfWorkflow(unless, frame);
    }

    private IEnumerable<YamlEntry> Rest(YamlNode.Mapping body, Frame frame) =>
        [.. body.Entries.Where(entry => entry.Name is "triggers" or "max_auto_reruns").Select(entry => entry with { Value = interpolator.Substitute(entry.Value, frame) })];

    private void WarnOfLocks(List<PlannedJob> jobs)
    {
        var locks = jobs.Where(job => job.IsMade && job.Body?["type"] is YamlNode.Scalar { Text: "lock" });
        foreach (var second in locks.GroupBy(job => ((YamlNode.Scalar)job.Body!["key"]!).Text, StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
            report.Add(SameLock, second.Body!["key"]!, $"serial-group {Culprit.Quote(((YamlNode.Scalar)second.Body["key"]!).Text)} is taken twice in this workflow", "put the jobs into one job-group and give the serial-group to that");
    }

    private void RefuseUnnamedGroups(List<PlannedJob> jobs)
    {
        foreach (var second in jobs.Where(job => job.IsMade && job.Name.EndsWith("-group-end", StringComparison.Ordinal)).GroupBy(job => job.Name, StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
            report.Add(NeedsName, second.At, $"job-group {Culprit.Quote(second.At.Text)} is invoked twice under one name", "give each invocation its own `name:`");
    }
}

/// <param name="Rest">What is kept of a workflow beside its jobs.</param>
internal sealed record PlannedWorkflow(YamlEntry Source, IEnumerable<YamlEntry> Rest, IReadOnlyList<PlannedJob> Jobs, bool IsKept);
