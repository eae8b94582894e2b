using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation;

/// <summary>What a build job executes, after compilation: no parameters, no commands, no conditions are left.</summary>
public sealed record JobBody
{
    public required JobExecutor Executor { get; init; }

    public required ValueList<Step> Steps { get; init; }

    /// <summary>Relative to the home folder or absolute; `~/project` when the config is silent.</summary>
    public string WorkingDirectory { get; init; } = "~/project";

    /// <summary>The shell and its arguments as one line, or null for the default.</summary>
    public string? Shell { get; init; }

    /// <summary>As the shell will see it: a boolean that was a whole YAML value is `1` or `0`.</summary>
    public ValueList<Variable> Environment { get; init; } = [];

    /// <summary>How many nodes run all the steps, from 1.</summary>
    public int Parallelism { get; init; } = 1;

    public string? ResourceClass { get; init; }

    /// <summary>How long the caches live that it saves (`retention.caches`); null when the config is silent.</summary>
    public TimeSpan? CacheRetention { get; init; }
}

/// <param name="Value">Literal: nothing in it is expanded.</param>
public sealed record Variable(string Name, string Value);

/// <summary>Where a job runs.</summary>
public abstract record JobExecutor
{
    private JobExecutor() { }

    /// <param name="Images">The first is the primary, whose container runs the steps; the others are services.</param>
    public sealed record Docker(ValueList<DockerImage> Images) : JobExecutor;

    public sealed record Machine(string Image) : JobExecutor;

    public sealed record MacOs(string Xcode) : JobExecutor;
}

/// <summary>An item of `docker:`.</summary>
public sealed record DockerImage(string Image)
{
    /// <summary>The host name under which the other containers reach this one.</summary>
    public string? Name { get; init; }

    public ValueList<string>? Entrypoint { get; init; }

    public ValueList<string>? Command { get; init; }

    public string? User { get; init; }

    public ValueList<Variable> Environment { get; init; } = [];

    /// <summary>The keys of `auth`; `$NAME` in a value is replaced from project and context variables.</summary>
    public ValueList<Variable> Credentials { get; init; } = [];
}
