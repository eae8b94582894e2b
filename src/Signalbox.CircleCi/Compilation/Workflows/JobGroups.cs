using Signalbox.CircleCi.Compilation.Interpolation;
using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Workflows;

/// <summary>Expands an invocation of a job-group: an entry before its roots, an end after its leaves, a lock around both if asked.</summary>
internal sealed class JobGroups
{
    private static readonly Rule Malformed = new("SB1100", Severity.Error, "A job-group is malformed");
    private static readonly Rule NotOnInvocation = new("SB1101", Severity.Error, "A key is not allowed where a job-group is invoked");
    private static readonly Rule Nested = new("SB1102", Severity.Error, "A job-group is invoked inside a job-group");
    private static readonly Rule NameClash = new("SB1103", Severity.Error, "A job and a job-group have the same name");
    private static readonly Rule InnerLock = new("SB1104", Severity.Error, "A job inside a job-group has a serial-group");

    private static readonly string[] Allowed = ["name", "requires", "filters", "serial-group"];

    private readonly Dictionary<string, YamlEntry> _groups = new(StringComparer.Ordinal);
    private readonly Interpolator _interpolator;
    private readonly JobPlanner _planner;
    private readonly JobFilters _filters;
    private readonly CompilationReport _report;

    public JobGroups(YamlNode.Mapping root, ElementScope scope, Interpolator interpolator, JobPlanner planner, JobFilters filters, CompilationReport report)
    {
        (_interpolator, _planner, _filters, _report) = (interpolator, planner, filters, report);
        foreach (var group in SourceConfig.Section(root, "job-groups", report))
        {
            if (scope.Jobs.ContainsKey(group.Name))
                report.Add(NameClash, group.Key, $"{Culprit.Quote(group.Name)} is a job and a job-group", "rename one of them");
            if (group.Value is not YamlNode.Mapping body || body["jobs"] is not YamlNode.Sequence { Items.Length: > 0 })
                report.Add(Malformed, group.Key, $"job-group {Culprit.Quote(group.Name)} has no list of `jobs`", "add `jobs:` with at least one job");
            else if (body.Entries.FirstOrDefault(entry => entry.Name is not ("jobs" or "description")) is { } other)
                report.Add(Malformed, other.Key, $"{Culprit.Quote(other.Name)} is not a key of a job-group", other.Name == "parameters" ? "a job-group has no parameters; use pipeline parameters" : "its only key is `jobs`");
            else
                _groups[group.Name] = group;
        }
    }

    public bool Holds(string name) => _groups.ContainsKey(name);

    public IEnumerable<PlannedJob> Expand(YamlNode.Scalar at, YamlNode.Mapping keys, Frame frame)
    {
        foreach (var key in keys.Entries.Where(entry => !Allowed.Contains(entry.Name)))
            _report.Add(NotOnInvocation, key.Key, $"{Culprit.Quote(key.Name)} is not allowed where job-group {Culprit.Quote(at.Text)} is invoked", $"its keys are {string.Join(", ", Allowed)}", frame.Calls);

        var given = keys["name"] is { } named && _interpolator.Substitute(named, frame) is YamlNode.Scalar { Text: var text } ? text : null;
        var name = given ?? at.Text;
        var invocation = new GroupInvocation(name);
        var inner = Inner(at, frame.Calling("job-group", at.Text), invocation, given is null ? "" : $"{given}-");

        var (isKept, filters) = _filters.Decide(keys["filters"], frame);
        var required = keys["requires"] is { } requires ? _interpolator.Substitute(requires, frame) : null;
        IReadOnlyList<YamlNode> names = required switch { null or YamlNode.Scalar { IsNull: true } => [], YamlNode.Sequence list => list.Items, _ => [required] };
        var key2 = keys.Find("serial-group") is { } serial ? _planner.SerialKey(serial, frame) : null;
        var entry = JobPlanner.Made(at, key2 is null ? $"{name}-group-start" : $"{name}-lock", key2 is null ? "no-op" : "lock", key2, group: null, filters, !isKept, names);
        var end = JobPlanner.Made(at, $"{name}-group-end", "no-op", key: null, group: null, filters, !isKept);
        Wire(inner, entry, end);
        invocation.End = end;

        if (key2 is null)
            return [entry, .. inner, end];
        var unlock = JobPlanner.Made(at, $"{name}-unlock", "unlock", key2, group: null, filters, !isKept);
        unlock.Requires.Add(new PlannedRequirement(end, YamlNode.Scalar.OfText(at, "terminal")));
        return [entry, .. inner, end, unlock];
    }

    private List<PlannedJob> Inner(YamlNode.Scalar at, Frame frame, GroupInvocation invocation, string prefix)
    {
        var inner = new List<PlannedJob>();
        foreach (var item in ((YamlNode.Sequence)((YamlNode.Mapping)_groups[at.Text].Value)["jobs"]!).Items)
        {
            if (_planner.Read(item, frame) is not var (name, keys))
                continue;
            if (_groups.ContainsKey(name.Text))
                _report.Add(Nested, name, $"job-group {Culprit.Quote(name.Text)} cannot be invoked inside {Culprit.Quote(at.Text)}", "invoke both from the workflow", frame.Calls);
            else if (keys.Find("serial-group") is { } serial)
                _report.Add(InnerLock, serial.Key, "a job inside a job-group cannot have a `serial-group`", "give it to the invocation of the job-group", frame.Calls);
            else
                inner.AddRange(_planner.Plan(name, keys, frame, invocation, prefix));
        }

        return inner;
    }

    /// <summary>Roots wait for the entry, the end for the leaves. Names are looked at as written: they are resolved later.</summary>
    private static void Wire(List<PlannedJob> inner, PlannedJob entry, PlannedJob end)
    {
        foreach (var root in inner.Where(job => job.RequiredNames.Count == 0))
            root.Requires.Add(new PlannedRequirement(entry, Statuses: null));
        var required = inner.SelectMany(job => job.RequiredNames).Select(RequiredName).ToHashSet(StringComparer.Ordinal);
        foreach (var leaf in inner.Where(job => !required.Contains(job.Name) && !(job.Alias is { } alias && required.Contains(alias)) && !required.Contains(job.At.Text)))
            end.Requires.Add(new PlannedRequirement(leaf, Statuses: null));
    }

    private static string RequiredName(YamlNode item) => item switch
    {
        YamlNode.Scalar name => name.Text,
        YamlNode.Mapping { Entries: [var only] } => only.Name,
        _ => "",
    };
}
