using Signalbox.Diagnostics;
using Signalbox.Sandbox;
using Xunit;

namespace Signalbox.Tests.Sandbox;

/// <summary>A folder with a sandbox of its own, which is taken down with the folder.</summary>
public sealed class TemporaryRepository : IAsyncDisposable
{
    public TemporaryRepository(params (string Name, string Value)[] variables)
    {
        Root = Directory.CreateTempSubdirectory("signalbox-sandbox-").FullName;
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = Environment.GetEnvironmentVariable("HOME")!,
        };
        foreach (var (name, value) in variables)
            all[name] = value;
        Variables = all;
        Account = new SandboxAccount(StateFolder, TimeProvider.System, Variables);
    }

    public string Root { get; }

    public IReadOnlyDictionary<string, string> Variables { get; }

    public string StateFolder => Path.Combine(Root, ".signalbox", "sandbox");

    public string RecordFile => Path.Combine(StateFolder, "emulator.json");

    public SandboxAccount Account { get; }

    /// <summary>What the commands said besides their answer.</summary>
    public IList<string> Said { get; } = [];

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<Outcome<RunningSandbox>> TryUp(string? snapshot = null, params string[] buckets) =>
        Account.Up(new SandboxRequest { StateBuckets = [.. buckets], Snapshot = snapshot }, Said.Add, Cancellation);

    public async Task<RunningSandbox> Up(string? snapshot = null, params string[] buckets) => Value(await TryUp(snapshot, buckets));

    public static T Value<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Succeeded(out var value, out var problems), string.Concat(problems?.Select(problem => DiagnosticText.Render(problem)) ?? []));
        return value;
    }

    public static Diagnostic Problem<T>(Outcome<T> outcome) =>
        Assert.Single(Assert.IsType<Outcome<T>.Failure>(outcome).Problems);

    public static async Task<bool> HasBucket(RunningSandbox sandbox, string name)
    {
        using var client = new HttpClient(new HttpClientHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(sandbox.Endpoint, name));
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.IsSuccessStatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Account.Down(Said.Add, CancellationToken.None);
        Directory.Delete(Root, recursive: true);
    }
}
