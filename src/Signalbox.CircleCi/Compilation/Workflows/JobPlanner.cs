using System.Collections.Immutable;
using Signalbox.CircleCi.Compilation.Interpolation;
using Signalbox.CircleCi.Compilation.Jobs;
using Signalbox.CircleCi.Compilation.Parameters;
using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Workflows;

/// <summary>Turns one entry of a `jobs` list into the jobs it stands for: one, a matrix, or a job between lock and unlock.</summary>
internal sealed class JobPlanner(Interpolator interpolator, StepCompiler steps, JobCompiler jobs, JobFilters filters, CompilationReport report)
{
    private static readonly Rule Malformed = new("SB1070", Severity.Error, "An entry of a workflow is malformed");
    private static readonly Rule UnknownJob = new("SB1060", Severity.Error, "A workflow names no job");
    private static readonly Rule InlineType = new("SB1063", Severity.Error, "A type is given where the job is invoked");
    private static readonly Rule BadGroupKey = new("SB1110", Severity.Error, "A serial-group is not a valid key");

    private static readonly string[] InvocationKeys = ["requires", "name", "context", "type", "filters", "matrix", "pre-steps", "post-steps", "serial-group", "override-with"];

    private readonly MatrixExpansion _matrices = new(interpolator, report);

    /// <returns>The entry's name and its keys; null when it has none, which was reported.</returns>
    public (YamlNode.Scalar Name, YamlNode.Mapping Keys)? Read(YamlNode entry, Frame frame)
    {
        switch (entry)
        {
            case YamlNode.Scalar { IsNull: false } name:
                return (name, YamlNode.Mapping.At(name, []));
            case YamlNode.Mapping { Entries: [{ Value: YamlNode.Mapping keys } only] }:
                return (only.Key, keys);
            case YamlNode.Mapping { Entries: [{ Value: YamlNode.Scalar { IsNull: true } } only] }:
                return (only.Key, YamlNode.Mapping.At(only.Key, []));
            case YamlNode.Mapping { Entries.Length: > 1 } several:
                report.Add(Malformed, several.Entries[1].Key, $"the keys of {Culprit.Quote(several.Entries[0].Name)} stand beside it, so they are not its own", "indent them two spaces further than its name", frame.Calls);
                return null;
            default:
                report.Add(Malformed, entry, $"{entry.Kind} is no job of a workflow", "write the job's name, or its name with keys below it", frame.Calls);
                return null;
        }
    }

    public IEnumerable<PlannedJob> Plan(YamlNode.Scalar name, YamlNode.Mapping keys, Frame frame, GroupInvocation? group, string prefix)
    {
        if (keys.Find("matrix") is not { } matrix || frame.IsLiteral)
            return One(name, keys, frame, group, prefix, combination: null, alias: null);
        if (_matrices.Expand(matrix, frame) is not { } combinations)
            return [];
        var alias = (matrix.Value as YamlNode.Mapping)?["alias"] is { } given && interpolator.Substitute(given, frame) is YamlNode.Scalar { Text: var text } ? text : name.Text;
        return [.. combinations.SelectMany(combination => One(name, keys, frame with { Matrix = combination }, group, prefix, combination, alias))];
    }

    private PlannedJob[] One(YamlNode.Scalar at, YamlNode.Mapping keys, Frame frame, GroupInvocation? group, string prefix, IReadOnlyDictionary<string, BoundValue>? combination, string? alias)
    {
        if (report.IsExhausted)
            return [];
        var name = prefix + (Text(keys["name"], frame) ?? (combination is null ? at.Text : MatrixExpansion.NameOf(at.Text, combination)));
        var body = Body(at, keys, frame, combination);
        report.Spend(at, nodes: 10);
        var required = keys["requires"] is { } requires ? Names(interpolator.Substitute(requires, frame)) : [];
        var (kept, mapping) = filters.Decide(keys["filters"], frame);
        var job = new PlannedJob
        {
            At = at,
            Name = name,
            Body = body,
            Alias = alias,
            Group = group,
            RequiredNames = required,
            Context = keys["context"] is { } context ? interpolator.Substitute(context, frame) : null,
            Filters = mapping,
            IsFilteredOut = !kept,
        };
        if (keys.Find("serial-group") is { } serial && SerialKey(serial, frame) is { } key)
            return Locked(job, key);
        return [job];
    }

    /// <summary>The key of a serial group with its references in place; null when it is no key, which was reported.</summary>
    public YamlNode.Scalar? SerialKey(YamlEntry serial, Frame frame)
    {
        if (interpolator.Substitute(serial.Value, frame) is YamlNode.Scalar { IsNull: false } key && IsGroupKey(key.Text))
            return key;
        report.Add(BadGroupKey, serial.Value, "a serial-group is 1 to 512 letters, digits, `.`, `-`, `_` and `/`", "rename the group", frame.Calls);
        return null;
    }

    public static PlannedJob Made(YamlNode.Scalar at, string name, string type, YamlNode? key, GroupInvocation? group, YamlNode? filters = null, bool isFilteredOut = false, IReadOnlyList<YamlNode>? required = null)
    {
        List<YamlEntry> entries = [YamlEntry.Of("type", YamlNode.Scalar.OfText(at, type))];
        if (key is not null)
            entries.Add(YamlEntry.Of("key", key));
        return new PlannedJob { At = at, Name = name, Body = YamlNode.Mapping.At(at, entries), Group = group, IsMade = true, Filters = filters, IsFilteredOut = isFilteredOut, RequiredNames = required ?? [] };
    }

    /// <summary>The lock takes over what the job waits for; the unlock follows it however it ends.</summary>
    private static PlannedJob[] Locked(PlannedJob job, YamlNode.Scalar key)
    {
        var taken = Made(job.At, $"{job.Name}-lock", "lock", key, job.Group, job.Filters, job.IsFilteredOut, job.RequiredNames);
        var held = new PlannedJob
        {
            At = job.At,
            Name = job.Name,
            Body = job.Body,
            Alias = job.Alias,
            Group = job.Group,
            Context = job.Context,
            Filters = job.Filters,
            IsFilteredOut = job.IsFilteredOut,
        };
        held.Requires.Add(new PlannedRequirement(taken, Statuses: null));
        var released = Made(job.At, $"{job.Name}-unlock", "unlock", key, job.Group, job.Filters, job.IsFilteredOut);
        released.Requires.Add(new PlannedRequirement(held, YamlNode.Scalar.OfText(job.At, "terminal")));
        return [taken, held, released];
    }

    /// <returns>The body; null for an approval, and empty after an error, so that others may still require the job.</returns>
    private YamlNode.Mapping? Body(YamlNode.Scalar at, YamlNode.Mapping keys, Frame frame, IReadOnlyDictionary<string, BoundValue>? combination)
    {
        var type = Text(keys["type"], frame);
        if (type == "approval")
            return null;
        if (Definition(at, keys, frame) is not { } job)
            return Nothing(at);
        if (type is not null && type != JobCompiler.TypeOf(job))
        {
            report.Add(InlineType, keys["type"]!, "Only jobs with `type: approval` can be defined inline under the `workflows:` section", "give the type where the job is defined", frame.Calls);
            return Nothing(at);
        }

        if (JobCompiler.TypeOf(job) == "approval")
            return null;

        var calls = new CallChain(frame.Calls, "job", at.Text, job);
        var arguments = keys.Entries.Where(entry => !InvocationKeys.Contains(entry.Name));
        if (combination is not null)
            arguments = arguments.Concat(combination.Select(value => new YamlEntry(keys.Find("matrix")!.Key is var key ? YamlNode.Scalar.OfText(key, value.Key) : at, value.Value.Node)));
        var before = keys["pre-steps"] is { } pre ? steps.Compile(pre, frame) : null;
        var after = keys["post-steps"] is { } post ? steps.Compile(post, frame) : null;
        var isLiteral = frame.IsLiteral;
        var declarations = isLiteral ? ParameterDeclarations.None : ParameterDeclarations.Of(job, report, isJob: true);
        return steps.Binder.Bind(job, declarations, arguments, frame, at, calls) is { } bound
            ? jobs.Compile(job, new Frame(job.Scope) { Arguments = bound, Calls = calls, IsLiteral = isLiteral }, before, after)
            : Nothing(at);
    }

    private static YamlNode.Mapping Nothing(YamlNode at) => YamlNode.Mapping.At(at, []);

    private Element? Definition(YamlNode.Scalar at, YamlNode.Mapping keys, Frame frame)
    {
        if (Text(keys["override-with"], frame) is { } other)
        {
            if (frame.Elements.FindJob(other) is { } replacement)
                return replacement;
            var alias = other.Split('/')[0];
            if (!frame.Elements.Orbs.ContainsKey(alias))
                report.Add(UnknownJob, keys["override-with"]!, $"{Culprit.Quote(alias)} is not an imported orb", "import the orb under `orbs:`", frame.Calls);
        }

        if (frame.Elements.FindJob(at.Text) is { } job)
            return job;
        if (frame.Elements.IsMissing(at.Text))
            return MissingOrbJob.Of(at, frame.Elements);
        report.Add(UnknownJob, at, $"Cannot find a job named {at.Text}", NearestName.Of(at.Text, frame.Elements.NamesOf(scope => scope.Jobs)) is { } near ? $"did you mean `{near}`?" : "define it under `jobs:`; an approval has `type: approval`", frame.Calls);
        return null;
    }

    private static bool IsGroupKey(string text) =>
        text.Length is >= 1 and <= 512 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or '/');

    private string? Text(YamlNode? node, Frame frame) => node is not null && interpolator.Substitute(node, frame) is YamlNode.Scalar { IsNull: false, Text: var text } ? text : null;

    /// <summary>`requires: build` is one name.</summary>
    private static ImmutableArray<YamlNode> Names(YamlNode requires) => requires switch
    {
        YamlNode.Sequence list => list.Items,
        YamlNode.Scalar { IsNull: true } => [],
        _ => [requires],
    };
}
