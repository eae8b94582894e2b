using Signalbox.CircleCi.Compilation.Interpolation;
using Signalbox.CircleCi.Compilation.Parameters;
using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Jobs;

/// <summary>Makes the compiled body of a job at one invocation: its executor resolved, its steps flat, nothing left to substitute.</summary>
internal sealed class JobCompiler(Interpolator interpolator, StepCompiler steps, CompilationReport report)
{
    private static readonly Rule UnknownExecutor = new("SB1050", Severity.Error, "A job names no executor");
    private static readonly Rule NoExecutor = new("SB1051", Severity.Error, "A job does not say where it runs");
    private static readonly Rule SeveralExecutors = new("SB1052", Severity.Error, "A job has several kinds of executor");
    private static readonly Rule NoSteps = new("SB1061", Severity.Error, "A job has no steps");
    private static readonly Rule UnknownType = new("SB1062", Severity.Error, "A job has an unknown type");
    private static readonly Rule IgnoredSteps = new("SB1064", Severity.Warning, "The steps of a job that is no build are ignored");
    private static readonly Rule UnknownKey = new("SB1017", Severity.Warning, "A key is not used");
    private static readonly Rule WrongValue = new("SB1065", Severity.Error, "A key of a job has an impossible value");

    private static readonly string[] Types = ["build", "approval", "no-op", "release", "lock", "unlock"];
    private static readonly string[] ExecutorKinds = ["docker", "machine", "macos"];
    private static readonly string[] Dropped = ["parameters", "description", "executor", "steps", "environment", "branches", "type"];
    private static readonly string[] Kept = ["docker", "machine", "macos", "working_directory", "shell", "parallelism", "resource_class", "retention", "circleci_ip_ranges", "plan_name", "validation", "key", "environment", "steps", "type"];

    /// <summary>The type that a job is declared with; `build` when it is silent.</summary>
    public static string TypeOf(Element job) => job.Body["type"] is YamlNode.Scalar { IsNull: false } type ? type.Text : "build";

    /// <param name="before">Steps that go before all others, compiled.</param>
    /// <param name="frame">The job's own: its arguments, its scope.</param>
    public YamlNode.Mapping Compile(Element job, Frame frame, YamlNode.Sequence? before, YamlNode.Sequence? after)
    {
        var type = TypeOf(job);
        if (!Types.Contains(type))
            report.Add(UnknownType, job.Body["type"]!, $"{Culprit.Quote(type)} is not a type of job", NearestName.Of(type, Types) is { } near ? $"did you mean `{near}`?" : $"the types are {string.Join(", ", Types)}", frame.Calls);
        return type == "build" ? Build(job, frame, before, after) : Other(job, type, frame);
    }

    private YamlNode.Mapping Other(Element job, string type, Frame frame)
    {
        if (job.Body.Find("steps") is { } ignored)
            report.Add(IgnoredSteps, ignored.Key, $"a job of type {Culprit.Quote(type)} runs no steps", "remove them, or the type", frame.Calls);
        var entries = new List<YamlEntry> { new(job.Body.Find("type")!.Key, job.Body["type"]!) };
        entries.AddRange(interpolator.Substitute(job.Body, frame).Entries.Where(entry => !Dropped.Contains(entry.Name)));
        return YamlNode.Mapping.At(job.Body, entries);
    }

    private YamlNode.Mapping Build(Element job, Frame frame, YamlNode.Sequence? before, YamlNode.Sequence? after)
    {
        var own = new List<YamlEntry>();
        YamlEntry? environment = null;
        foreach (var entry in job.Body.Entries)
        {
            if (entry.Name == "environment")
                environment = entry with { Value = interpolator.Substitute(entry.Value, frame, isEnvironment: true) };
            if (Dropped.Contains(entry.Name))
                continue;
            if (!Kept.Contains(entry.Name))
            {
                report.Add(UnknownKey, entry.Key, $"{Culprit.Quote(entry.Name)} is not a key of a job", NearestName.Of(entry.Name, [.. Kept, .. Dropped]) is { } near ? $"did you mean `{near}`?" : "remove it; CircleCI does not read it");
                continue;
            }

            own.Add(entry with { Value = interpolator.Substitute(entry.Value, frame) });
        }

        var hasOwnKind = own.Any(entry => ExecutorKinds.Contains(entry.Name));
        var executor = Executor(job, frame);
        var entries = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var entry in executor?.Entries ?? [])
        {
            if (entry.Name == "environment")
                environment = environment is null ? entry : environment with { Value = EnvironmentMerge.Join(entry.Value, environment.Value) };
            else if (!(hasOwnKind && ExecutorKinds.Contains(entry.Name)))
                entries[entry.Name] = entry;
        }

        foreach (var entry in own)
            entries[entry.Name] = entry;
        Check(job, entries, executor is null && job.Body["executor"] is not null, frame);
        entries["steps"] = new YamlEntry(job.Body.Find("steps")?.Key ?? YamlNode.Scalar.OfText(job.Key, "steps"), Steps(job, frame, before, after));
        if (environment is not null)
            entries["environment"] = environment;
        report.Spend(job.Key, entries.Values.Sum(entry => 1L + entry.Value.Weight));
        return YamlNode.Mapping.At(job.Body, entries.Values);
    }

    private YamlNode.Sequence Steps(Element job, Frame frame, YamlNode.Sequence? before, YamlNode.Sequence? after)
    {
        var compiled = job.Body["steps"] is { } written and not YamlNode.Scalar { IsNull: true } and not YamlNode.Sequence { Items.Length: 0 } ? steps.Compile(written, frame) : null;
        if (compiled is null)
            report.Add(NoSteps, job.Key, $"job {Culprit.Quote(job.Name)} has no `steps`", "add `steps:` with at least one step", frame.Calls);
        return YamlNode.Sequence.At(compiled ?? (YamlNode)job.Key, [.. before?.Items ?? [], .. compiled?.Items ?? [], .. after?.Items ?? []]);
    }

    private void Check(Element job, OrderedDictionary<string, YamlEntry> entries, bool isExecutorBroken, Frame frame)
    {
        var kinds = ExecutorKinds.Where(entries.ContainsKey).ToArray();
        if (kinds.Length == 0 && !isExecutorBroken)
            report.Add(NoExecutor, job.Key, $"job {Culprit.Quote(job.Name)} does not say where it runs", "add `docker:`, `machine:`, `macos:` or `executor:`", frame.Calls);
        if (kinds.Length > 1)
            report.Add(SeveralExecutors, entries[kinds[1]].Key, $"job {Culprit.Quote(job.Name)} has {string.Join(" and ", kinds.Select(kind => $"`{kind}`"))}", "keep one of them", frame.Calls);

        if (entries.TryGetValue("docker", out var docker))
        {
            var images = docker.Value is YamlNode.Sequence list ? list.Items : [];
            if (images.Length == 0)
                report.Add(WrongValue, docker.Key, "`docker` needs a list of at least one image", "write `- image: NAME` below it", frame.Calls);
            foreach (var image in images.Where(image => image is not YamlNode.Mapping { } item || item["image"] is not YamlNode.Scalar { IsNull: false, Text.Length: > 0 }))
                report.Add(WrongValue, image, "an item of `docker` has no `image`", "write `- image: NAME`", frame.Calls);
        }

        if (entries.TryGetValue("parallelism", out var nodes) && !(nodes.Value is YamlNode.Scalar { Text: var text } && int.TryParse(text, out var count) && count >= 1))
            report.Add(WrongValue, nodes.Value, $"`parallelism` cannot be {Culprit.Quote((nodes.Value as YamlNode.Scalar)?.Text ?? nodes.Value.Kind)}", "it is a whole number from 1", frame.Calls);
    }

    /// <returns>The executor's keys with its parameters in place; null when the job names none, or none that exists.</returns>
    private YamlNode.Mapping? Executor(Element job, Frame frame)
    {
        if (job.Body["executor"] is not { } written || frame.IsLiteral)
            return null;
        var (named, origin) = Interpolator.Argument(written, frame) is { } bound ? (bound.Node, bound.Origin) : (written, frame.Elements);
        var arguments = Enumerable.Empty<YamlEntry>();
        if (named is YamlNode.Mapping mapping)
        {
            arguments = mapping.Entries.Where(entry => entry.Name != "name");
            named = mapping["name"] ?? mapping;
            if (Interpolator.Argument(named, frame) is { } inner)
                (named, origin) = (inner.Node is YamlNode.Mapping whole && whole["name"] is { } innerName ? innerName : inner.Node, inner.Origin);
        }

        if (named is not YamlNode.Scalar { IsNull: false } scalar || interpolator.Substitute(scalar, frame) is not YamlNode.Scalar name)
        {
            report.Add(UnknownExecutor, written, "`executor` needs the name of an executor", "write `executor: NAME`, or `executor: {name: NAME, parameter: value}`", frame.Calls);
            return null;
        }

        if ((origin.FindExecutor(name.Text) ?? frame.Elements.FindExecutor(name.Text)) is not { } executor)
        {
            if (!origin.IsMissing(name.Text) && !frame.Elements.IsMissing(name.Text))
                report.Add(UnknownExecutor, name, $"Cannot find executor {name.Text}", NearestName.Of(name.Text, origin.NamesOf(scope => scope.Executors)) is { } near ? $"did you mean `{near}`?" : "define it under `executors:`", frame.Calls);
            return null;
        }

        var calls = new CallChain(frame.Calls, "executor", name.Text, executor);
        if (steps.Binder.Bind(executor, ParameterDeclarations.Of(executor, report), arguments, frame, name, calls) is not { } values)
            return null;
        var body = interpolator.Substitute(executor.Body, new Frame(executor.Scope) { Arguments = values, Calls = calls });
        return YamlNode.Mapping.At(body, body.Entries.Where(entry => entry.Name is not ("parameters" or "description")));
    }
}
