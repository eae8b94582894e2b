using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.CircleCi.Execution.Containers;

/// <summary>
/// Finds an engine that answers and, at the first container, the flags without which nothing starts on this machine:
/// another OCI runtime, lower limits, plain cgroups. What worked once is used from then on.
/// </summary>
internal sealed class ContainerEngineSearch(JobHost host, ProcessRunner runner, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ValueList<string> LowLimits = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024"];

    private readonly SemaphoreSlim _oneSearch = new(1);
    private ContainerEngine? _found;
    private ContainerEngine? _proven;

    /// <summary>The engine, with the flags known so far.</summary>
    public async Task<Outcome<ContainerEngine>> Find(CancellationToken cancellation)
    {
        await _oneSearch.WaitAsync(cancellation);
        try
        {
            if ((_proven ?? _found) is { } known)
                return known;
            var silent = new List<string>();
            foreach (var name in (ValueList<string>)["podman", "docker"])
            {
                if (ProgramSearch.Find(name, host.Variables) is not { } program)
                    continue;
                var engine = new ContainerEngine(program, name == "podman", [], []) { Variables = host.Variables, Runner = runner };
                var answer = await Answer(engine, cancellation);
                if (answer.Code == 0)
                    return _found = engine;
                silent.Add($"{name} says: {answer.LastLine}");
            }

            return ContainerRules.NoEngine.Without(
                silent.Count == 0 ? "neither podman nor docker is on the PATH" : $"no container engine answers; {string.Join("; ", silent)}",
                "install podman or start docker, or run with `--executor host`");
        }
        finally
        {
            _oneSearch.Release();
        }
    }

    /// <summary>Starts the first container of a job, trying one set of flags after the other until one works.</summary>
    /// <param name="run">The arguments after `run` and its flags.</param>
    public async Task<(ContainerEngine Engine, EngineAnswer Answer)> Start(ContainerEngine engine, string mark, ValueList<string> run, CancellationToken cancellation)
    {
        EngineAnswer? first = null;
        foreach (var candidate in _proven is { } proven ? [proven] : Candidates(engine))
        {
            var answer = await candidate.Ask(["run", .. candidate.RunFlags, .. run], cancellation);
            if (answer.Code == 0)
                return (_proven = candidate, answer);
            first ??= answer;
            await candidate.Remove(mark, cancellation);
        }

        return (engine, first!);
    }

    /// <summary>Removes the containers of nodes whose engine was killed.</summary>
    public async Task Remove(ValueList<string> containers, CancellationToken cancellation)
    {
        if (containers.Count == 0 || !(await Find(cancellation)).Succeeded(out var engine, out _))
            return;
        foreach (var container in containers)
            await engine.Remove(container[(container.LastIndexOf('-') + 1)..], cancellation);
    }

    public void Dispose() => _oneSearch.Dispose();

    private IEnumerable<ContainerEngine> Candidates(ContainerEngine plain)
    {
        yield return plain;
        yield return plain with { RunFlags = LowLimits };
        if (!plain.IsPodman)
            yield break;
        string[] runtimes = [.. ((string[])["crun", "runc"]).Where(runtime => ProgramSearch.Find(runtime, host.Variables) is not null)];
        foreach (var runtime in runtimes)
            yield return plain with { GlobalFlags = ["--runtime", runtime], RunFlags = LowLimits };
        foreach (var runtime in runtimes)
            yield return plain with { GlobalFlags = ["--runtime", runtime, "--cgroup-manager", "cgroupfs"], RunFlags = LowLimits };
    }

    private async Task<EngineAnswer> Answer(ContainerEngine engine, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await engine.Ask(["ps", "--quiet", "--last", "1"], either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new EngineAnswer(124, $"nothing for {Patience.TotalSeconds} s");
        }
    }
}
