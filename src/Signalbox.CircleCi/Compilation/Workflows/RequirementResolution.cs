using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Workflows;

/// <summary>Finds the jobs that `requires` names: by name, by numbered name, by a matrix's alias, by a job-group.</summary>
internal sealed class RequirementResolution(string workflow, IReadOnlyList<PlannedJob> jobs, CompilationReport report)
{
    private static readonly Rule Unknown = new("SB1080", Severity.Error, "A job requires a job that is not in its workflow");
    private static readonly Rule Ambiguous = new("SB1081", Severity.Error, "A job requires a name that several jobs have");
    private static readonly Rule BadStatus = new("SB1083", Severity.Error, "A job requires a status that no job ends in");
    private static readonly Rule AcrossBorder = new("SB1105", Severity.Error, "A requirement crosses the border of a job-group");

    private static readonly string[] Statuses = ["success", "failed", "canceled", "unauthorized", "not_run", "terminal"];

    private readonly ILookup<(GroupInvocation?, string), PlannedJob> _byName = jobs.Where(job => !job.IsMade).ToLookup(job => (job.Group, job.Name));
    private readonly ILookup<(GroupInvocation?, string), PlannedJob> _byFinalName = jobs.ToLookup(job => (job.Group, job.FinalName));
    private readonly ILookup<(GroupInvocation?, string), PlannedJob> _byAlias = jobs.Where(job => job.Alias is not null).ToLookup(job => (job.Group, job.Alias!));
    private readonly ILookup<string, GroupInvocation> _groups = jobs.Select(job => job.Group).OfType<GroupInvocation>().Distinct().ToLookup(group => group.Name, StringComparer.Ordinal);

    public void Resolve()
    {
        foreach (var job in jobs)
        {
            foreach (var item in job.RequiredNames)
            {
                if (Read(item) is not var (name, statuses))
                    continue;
                foreach (var required in Find(job, name))
                    job.Requires.Add(new PlannedRequirement(required, statuses));
            }
        }
    }

    private (YamlNode.Scalar Name, YamlNode? Statuses)? Read(YamlNode item)
    {
        switch (item)
        {
            case YamlNode.Scalar { IsNull: false, Text.Length: > 0 } name:
                return (name, null);
            case YamlNode.Scalar:
                return null;
            case YamlNode.Mapping { Entries: [var only] }:
                Check(only.Value);
                return (only.Key, only.Value);
            default:
                report.Add(BadStatus, item, $"{item.Kind} is no requirement", "write a job's name, or `name: status`");
                return null;
        }
    }

    private void Check(YamlNode statuses)
    {
        foreach (var status in statuses is YamlNode.Sequence list ? list.Items : [statuses])
        {
            var text = (status as YamlNode.Scalar)?.Text ?? "";
            if (!Statuses.Contains(text))
                report.Add(BadStatus, status, $"{Culprit.Quote(text)} is not how a job ends", NearestName.Of(text, Statuses) is { } near ? $"did you mean `{near}`?" : $"it is one of {string.Join(", ", Statuses)}");
        }
    }

    private PlannedJob[] Find(PlannedJob job, YamlNode.Scalar name)
    {
        var others = _byName[(job.Group, name.Text)].Where(other => other != job).ToArray();
        if (others.Length == 1)
            return others;
        if (others.Length > 1)
        {
            report.Add(Ambiguous, name, $"Job '{job.Name}' requires '{name.Text}', which is the name of {others.Length} other jobs in workflow '{workflow}'", "You can give a job within a workflow an explicit name by adding a name key");
            return [];
        }

        var prefixed = job.Group is { } inside ? _byName[(inside, $"{inside.Name}-{name.Text}")].Where(other => other != job).ToArray() : [];
        if (prefixed.Length > 0)
            return prefixed;
        if (_byFinalName[(job.Group, name.Text)].Where(other => other != job).ToArray() is { Length: > 0 } numbered)
            return numbered;
        if (_byAlias[(job.Group, name.Text)].Where(other => other != job).ToArray() is { Length: > 0 } members)
            return members;
        if (job.Group is null && _groups[name.Text].FirstOrDefault() is { End: { } end })
            return [end];
        Report(job, name);
        return [];
    }

    private void Report(PlannedJob job, YamlNode.Scalar name)
    {
        if (jobs.FirstOrDefault(other => other.Group != job.Group && !other.IsMade && other.Name == name.Text) is { } beyond)
        {
            report.Add(AcrossBorder, name, beyond.Group is null
                ? $"job {Culprit.Quote(job.Name)} inside a job-group requires {Culprit.Quote(name.Text)} outside of it"
                : $"job {Culprit.Quote(job.Name)} requires {Culprit.Quote(name.Text)} inside job-group {Culprit.Quote(beyond.Group.Name)}", "require the job-group as a whole, from its invocation or of it");
            return;
        }

        var known = jobs.Where(other => other.Group == job.Group && !other.IsMade).SelectMany(other => new[] { other.Name, other.FinalName }).Concat(_groups.Select(group => group.Key));
        report.Add(Unknown, name, $"Job '{job.Name}' requires '{name.Text}', which is not a job of workflow '{workflow}'", NearestName.Of(name.Text, known) is { } near ? $"did you mean `{near}`?" : "add it to the workflow, or remove the requirement");
    }
}
