using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Binding;

/// <summary>A workflow and its jobs.</summary>
internal sealed class WorkflowBinder(YamlNode.Mapping? jobs, BoundValues values)
{
    private static readonly Rule UnknownJob = new("SB1511", Severity.Error, "A workflow uses a job that is not defined");
    private static readonly Rule UnknownRequirement = new("SB1512", Severity.Error, "A requirement names no job of its workflow");
    private static readonly ValueList<TerminalStatus> Terminal =
        [TerminalStatus.Success, TerminalStatus.Failed, TerminalStatus.Canceled, TerminalStatus.Unauthorized, TerminalStatus.NotRun];

    private readonly JobBinder _jobs = new(values);
    private readonly Dictionary<string, JobBody?> _bodies = new(StringComparer.Ordinal);

    public CompiledWorkflow? Bind(YamlEntry workflow)
    {
        var keys = (YamlNode.Mapping)workflow.Value;
        if (keys["jobs"] is not YamlNode.Sequence list)
        {
            values.Wrong(keys["jobs"] ?? workflow.Key, "jobs", "a list of jobs");
            return null;
        }

        var entries = list.Items.Select(Entry).OfType<YamlEntry>().ToArray();
        var names = entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        return new CompiledWorkflow
        {
            Name = workflow.Name,
            Jobs = [.. entries.Select(entry => Job(entry, names)).OfType<WorkflowJob>()],
            AutomaticReruns = values.Number(keys, "max_auto_reruns", fallback: 0, least: 0, most: 5),
            IsScheduled = keys["triggers"] is YamlNode.Sequence { Items.Length: > 0 },
        };
    }

    private YamlEntry? Entry(YamlNode item)
    {
        switch (item)
        {
            case YamlNode.Scalar { IsNull: false } name:
                return new YamlEntry(name, YamlNode.Mapping.At(name, []));
            case YamlNode.Mapping { Entries: [{ Value: YamlNode.Mapping } entry] }:
                return entry;
            case YamlNode.Mapping { Entries: [{ Value: YamlNode.Scalar { IsNull: true } } entry] }:
                return entry with { Value = YamlNode.Mapping.At(item, []) };
            default:
                values.Wrong(item, "jobs", "a list of names, and of mappings of one name to its keys");
                return null;
        }
    }

    private WorkflowJob? Job(YamlEntry entry, HashSet<string> names)
    {
        var keys = (YamlNode.Mapping)entry.Value;
        var definition = jobs?.Find(entry.Name);
        var job = new WorkflowJob
        {
            Name = entry.Name,
            Kind = Kind(keys, definition?.Value as YamlNode.Mapping),
            Requires = [.. Requirements(keys["requires"], names)],
            Contexts = values.Texts(keys, "context"),
            SerialGroup = values.Text(keys, "serial-group") ?? values.Text(keys, "key") ?? values.Text(definition?.Value as YamlNode.Mapping, "key"),
        };
        if (job.Kind is not JobKind.Build)
            return job;
        if (definition is null)
        {
            values.Report(UnknownJob, entry.Key, $"no job is called {Culprit.Quote(entry.Name)}", Nearest(entry.Name, jobs?.Entries.Select(other => other.Name) ?? []));
            return null;
        }

        return Body(definition) is { } body ? job with { Body = body } : null;
    }

    /// <summary>Several workflows may use one job; what is wrong with it is said once.</summary>
    private JobBody? Body(YamlEntry definition)
    {
        if (!_bodies.TryGetValue(definition.Name, out var body))
            _bodies[definition.Name] = body = _jobs.Bind(definition);
        return body;
    }

    private JobKind Kind(YamlNode.Mapping entry, YamlNode.Mapping? definition)
    {
        var holder = entry["type"] is not null ? entry : definition;
        switch (values.Text(holder, "type"))
        {
            case null or "build":
                return JobKind.Build;
            case "approval":
                return JobKind.Approval;
            case "no-op":
                return JobKind.NoOp;
            case "release":
                return JobKind.Release;
            case "lock":
                return JobKind.Lock;
            case "unlock":
                return JobKind.Unlock;
            default:
                values.Wrong(holder!["type"]!, "type", "`build`, `approval`, `no-op`, `release`, `lock` or `unlock`");
                return JobKind.Build; // so that its steps are looked at too
        }
    }

    private IEnumerable<Requirement> Requirements(YamlNode? requires, HashSet<string> names)
    {
        IEnumerable<YamlNode> items = requires switch
        {
            null or YamlNode.Scalar { IsNull: true } => [],
            YamlNode.Sequence list => list.Items,
            _ => [requires],
        };
        foreach (var item in items)
        {
            var (name, statuses) = item switch
            {
                YamlNode.Scalar { IsNull: false } scalar => (scalar, [TerminalStatus.Success]),
                YamlNode.Mapping { Entries: [var entry] } => (entry.Key, Statuses(entry.Value)),
                _ => (null, null),
            };
            if (name is null || statuses is null)
                values.Wrong(item, "requires", "names, and mappings of one name to statuses");
            else if (!names.Contains(name.Text))
                values.Report(UnknownRequirement, name, $"this workflow has no job called {Culprit.Quote(name.Text)}", Nearest(name.Text, names));
            else if (statuses.Count > 0)
                yield return new Requirement(name.Text, statuses);
        }
    }

    private ValueList<TerminalStatus> Statuses(YamlNode node)
    {
        var found = new List<TerminalStatus>();
        foreach (var item in node is YamlNode.Sequence list ? list.Items : [node])
        {
            var named = (item as YamlNode.Scalar)?.Text switch
            {
                "success" => (ValueList<TerminalStatus>)[TerminalStatus.Success],
                "failed" => [TerminalStatus.Failed],
                "canceled" => [TerminalStatus.Canceled],
                "unauthorized" => [TerminalStatus.Unauthorized],
                "not_run" => [TerminalStatus.NotRun],
                "terminal" => Terminal,
                _ => [],
            };
            if (named.Count == 0)
                values.Wrong(item, "requires", "`success`, `failed`, `canceled`, `unauthorized`, `not_run` or `terminal` as a status");
            found.AddRange(named);
        }

        return [.. found.Distinct()];
    }

    private static string? Nearest(string name, IEnumerable<string> known) => NearestName.Of(name, known) is { } near ? $"did you mean `{near}`?" : null;
}
