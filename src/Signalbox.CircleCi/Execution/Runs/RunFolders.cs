namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>Where the engine keeps what belongs to one project.</summary>
/// <param name="State">`.signalbox` of the repository, absolute.</param>
/// <param name="SerialGroups">Shared by all projects of a person, absolute.</param>
public sealed record RunFolders(string State, string SerialGroups)
{
    public string Journal => Path.Combine(State, "runs.db");

    public string Caches => Path.Combine(State, "cache");

    public string ApiToken => Path.Combine(State, "api.token");

    public string Run(RunId run) => Path.Combine(State, "runs", run.ToString());

    /// <summary>Locked by the process that drives the run, for as long as it lives.</summary>
    public string Lock(RunId run) => Path.Combine(Run(run), "engine.lock");

    /// <summary>Where the API of the process that drives the run listens.</summary>
    public string Address(RunId run) => Path.Combine(Run(run), "engine.json");

    public string Job(RunId run, int number, int node) => Path.Combine(Run(run), "jobs", $"{number}-{node}");

    /// <summary>The folder of each node of a job, where the job really ran.</summary>
    public IEnumerable<string> Nodes(RunState run, string job) =>
        run[job].Nodes.Select(node => Job(run[job].KeptFrom ?? run.Origin.Id, run[job].Number ?? 0, node.Index));

    public string Workspace(RunId workspace) => Path.Combine(State, "workspaces", workspace.ToString());

    public string Pipeline(Guid pipeline) => Path.Combine(State, "pipelines", pipeline.ToString("D"));

    /// <summary>`$XDG_STATE_HOME/signalbox`, which is `~/.local/state/signalbox` unless it is set.</summary>
    public static RunFolders Of(string state, IReadOnlyDictionary<string, string> variables)
    {
        var home = variables.GetValueOrDefault("XDG_STATE_HOME") is { Length: > 0 } named
            ? named
            : Path.Combine(variables.GetValueOrDefault("HOME") is { Length: > 0 } own ? own : "/tmp", ".local", "state");
        return new RunFolders(state, Path.Combine(home, "signalbox", "serial-groups"));
    }
}
