namespace Signalbox.Sandbox;

/// <summary>Breaks a silence of more than two seconds with one line that says what is awaited.</summary>
internal static class Patience
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    public static async Task<T> Awaiting<T>(Func<Task<T>> start, Action say, TimeProvider clock, CancellationToken cancellation)
    {
        var work = start();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (await Task.WhenAny(work, Task.Delay(Silence, clock, over.Token)) != work && !cancellation.IsCancellationRequested)
            say();
        await over.CancelAsync();
        return await work;
    }
}
