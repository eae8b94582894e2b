using System.Diagnostics;
using System.Runtime.CompilerServices;
using Signalbox.Sandbox;
using Xunit;

namespace Signalbox.Tests.Sandbox.Edge;

/// <summary>One sandbox with many chains, each for a host of its own that is called after its fault.</summary>
public sealed class EdgeSandbox : IAsyncLifetime
{
    private static readonly string[] Faults =
    [
        "login", "issuer", "origin", "origin-certificate", "balancer-closed", "listener-gone", "shadowed", "rule-host", "host-not-forwarded", "target-port",
        "no-service", "task-closed", "service-zero", "alias", "disabled", "certificate", "expired",
    ];

    private static readonly string[] Orders = ["status=500", "slow=60", "slwo=60", "reset", "truncate", "redirect-loop"];

    private readonly TemporaryRepository _repository = new();

    public RunningSandbox Running { get; private set; } = null!;

    internal SandboxEdge Edge => TemporaryRepository.Value(Running.Edge);

    /// <summary>The names of the load balancers, by host.</summary>
    public IReadOnlyDictionary<string, string> Balancers { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static string HostOf(string fault) => $"{fault.Split('=')[0]}.example.org";

    public async ValueTask InitializeAsync()
    {
        Running = await _repository.Up();
        var chains = new[] { ("whole", "none", ""), ("changing", "none", "") }
            .Concat(Faults.Select(fault => (fault, fault, "")))
            .Concat(Orders.Select(order => (order, "none", order)))
            .Select(chain => (Host: HostOf(chain.Item1), Fault: chain.Item2, StandIn: chain.Item3))
            .ToList();
        var names = await Python([Script(), .. chains.SelectMany(chain => new[] { chain.Host, chain.Fault, chain.StandIn })]);
        Balancers = chains.Zip(names.Split('\n')).ToDictionary(pair => pair.First.Host, pair => pair.Second, StringComparer.Ordinal);
    }

    public ValueTask DisposeAsync() => _repository.DisposeAsync();

    /// <summary>Runs Python with boto3 in the environment that `sandbox env` gives.</summary>
    public async Task<string> Python(params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment.Clear();
        foreach (var (name, value) in Running.ChildEnvironment())
            start.Environment[name] = value;
        start.Environment["HOME"] = Environment.GetEnvironmentVariable("HOME"); // where `pip install --user` puts boto3
        using var python = Process.Start(start)!;
        var problems = python.StandardError.ReadToEndAsync(TemporaryRepository.Cancellation);
        var words = await python.StandardOutput.ReadToEndAsync(TemporaryRepository.Cancellation);
        await python.WaitForExitAsync(TemporaryRepository.Cancellation);
        Assert.True(python.ExitCode == 0, await problems);
        return words.Trim();
    }

    /// <summary>Asks until the answer is as wanted; the edge may be a second behind the account.</summary>
    internal async Task<EdgeAnswer> Eventually(string url, Func<EdgeAnswer, bool> isWanted)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var visitor = new EdgeVisitor(Edge);
            var answer = await visitor.Ask(url);
            if (isWanted(answer) || TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(20))
                return answer;
        }
    }

    private static string Script([CallerFilePath] string test = "") => Path.Combine(Path.GetDirectoryName(test)!, "chain.py");
}

/// <summary>Every class that asks the edge shares the one sandbox.</summary>
[CollectionDefinition(Name)]
public sealed class SharedEdge : ICollectionFixture<EdgeSandbox>
{
    public const string Name = "edge";
}
