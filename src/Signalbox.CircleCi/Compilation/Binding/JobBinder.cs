using System.Globalization;
using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation.Binding;

/// <summary>A job of the compiled `jobs`.</summary>
internal sealed class JobBinder(BoundValues values)
{
    /// <summary>The most nodes that one job may ask for; a typing error must not start a million.</summary>
    private const int MostNodes = 1000;

    /// <summary>The service's schema says 15 and its documentation 30; what either allows is not refused here.</summary>
    private const int MostDaysOfCaches = 30;

    private readonly StepBinder _steps = new(values);
    private readonly ExecutorBinder _executors = new(values);

    /// <returns>Null when something is wrong with it, which is reported then.</returns>
    public JobBody? Bind(YamlEntry job)
    {
        if (job.Value is not YamlNode.Mapping keys)
        {
            values.Wrong(job.Value, job.Name, "a mapping, being a job");
            return null;
        }

        var executor = _executors.Bind(job, keys);
        if (keys["steps"] is not YamlNode.Sequence steps)
        {
            values.Wrong(keys["steps"] ?? job.Key, "steps", "a list of steps");
            return null;
        }

        var bound = steps.Items.Select(_steps.Bind).ToArray();
        var body = new JobBody
        {
            Executor = executor ?? new JobExecutor.Machine(""),
            Steps = [.. bound.OfType<Step>()],
            Shell = StepBinder.ShellOf(keys, values) ?? (keys["machine"] is YamlNode.Mapping machine ? StepBinder.ShellOf(machine, values) : null),
            Environment = EnvironmentBinder.Bind(keys["environment"], values),
            Parallelism = values.Number(keys, "parallelism", fallback: 1, least: 1, most: MostNodes),
            ResourceClass = values.Text(keys, "resource_class"),
            CacheRetention = CacheRetention(keys["retention"]),
        };
        if (values.Text(keys, "working_directory") is { } folder)
            body = body with { WorkingDirectory = folder };
        return executor is null ? null : body;
    }

    private TimeSpan? CacheRetention(YamlNode? retention)
    {
        if (retention is null or YamlNode.Scalar { IsNull: true })
            return null;
        if (retention is not YamlNode.Mapping keys)
        {
            values.Wrong(retention, "retention", "a mapping with `caches`");
            return null;
        }

        if (values.Text(keys, "caches") is not { } text)
            return null;
        if (text is [.. var number, 'd'] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDaysOfCaches)
            return TimeSpan.FromDays(days);
        values.Wrong(keys["caches"]!, "caches", $"days from `1d` to `{MostDaysOfCaches}d`");
        return null;
    }
}
