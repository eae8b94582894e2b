using Signalbox.Diagnostics;
using Signalbox.Sandbox.Children;
using Signalbox.Sandbox.Edge.Account;
using Signalbox.Sandbox.Edge.Tracing;
using Signalbox.Sandbox.Emulator;
using Signalbox.Sandbox.Providers;

namespace Signalbox.Sandbox;

/// <summary>A sandbox whose emulator answered when it was asked.</summary>
public sealed record RunningSandbox
{
    private readonly SandboxFolder _folder;
    private readonly IReadOnlyDictionary<string, string> _variables;

    internal RunningSandbox(
        EmulatorRecord record,
        SandboxFolder folder,
        ProviderMirror? mirror,
        Outcome<SandboxEdge> edge,
        Outcome<SandboxRegistry> registry,
        IReadOnlyDictionary<string, string> variables)
    {
        (Edge, Registry) = (edge, registry);
        (_folder, _variables, Mirror) = (folder, variables, mirror);
        Endpoint = new Uri($"http://127.0.0.1:{record.Port}");
        ProcessId = record.Process;
        StartedAt = record.StartedAt;
        IsOfThisBuild = record.Build == LauncherFiles.Build;
    }

    public Uri Endpoint { get; }

    public string AccountId { get; } = FakeAccount.Id;

    public string Region { get; } = FakeAccount.Region;

    public int ProcessId { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>Where the account's hostnames answer, or why nothing answers for them.</summary>
    public Outcome<SandboxEdge> Edge { get; }

    /// <summary>Where images are pushed and pulled, or why they cannot be.</summary>
    public Outcome<SandboxRegistry> Registry { get; }

    /// <summary>Null when Terraform fetches every provider itself.</summary>
    public ProviderMirror? Mirror { get; }

    public string LogFile => _folder.LogFile;

    /// <summary>False when another version of this program started the emulator, whose mends may differ.</summary>
    public bool IsOfThisBuild { get; }

    /// <summary>True when <see cref="SandboxAccount.Up"/> found it running.</summary>
    public bool WasAlreadyUp { get; internal init; }

    /// <summary>Follows a URL through the account as it is at this moment.</summary>
    public Task<Outcome<SandboxTrace>> Trace(Uri url, TimeProvider clock, CancellationToken cancellation) =>
        new Tracer(new AccountCalls(Endpoint), clock).Trace(url, cancellation);

    /// <summary>The whole environment of a child such as terraform: nothing else may be added from the person's own.</summary>
    public IReadOnlyDictionary<string, string> ChildEnvironment()
    {
        var child = SandboxVariables.For(_folder, Endpoint);
        child["HOME"] = _folder.ChildHome;
        foreach (var (name, value) in InheritedVariables.Of(_variables))
            child.TryAdd(name, value);
        return child;
    }

    /// <summary>The same for a person's shell, which keeps its own home and whatever does not lead away.</summary>
    public ShellChanges ShellChanges()
    {
        var set = SandboxVariables.For(_folder, Endpoint);
        if (Edge.Succeeded(out var edge, out _))
        {
            set["SIGNALBOX_EDGE"] = edge.Endpoint.ToString();
            set["SIGNALBOX_EDGE_AUTHORITY"] = edge.AuthorityFile;
        }

        ValueList<string> unset =
        [
            .. _variables.Keys
                .Where(name => InheritedVariables.LeadsAway(name) && !set.ContainsKey(name))
                .Order(StringComparer.Ordinal),
        ];
        return new ShellChanges([.. set.OrderBy(variable => variable.Key, StringComparer.Ordinal)], unset);
    }
}
