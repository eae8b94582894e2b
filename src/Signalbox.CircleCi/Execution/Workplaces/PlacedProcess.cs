using Signalbox.Processes.Sessions;

namespace Signalbox.CircleCi.Execution.Workplaces;

/// <summary>A program that runs at a workplace; on this machine there is a process that is it, or that speaks for it.</summary>
/// <param name="Exited">Its exit code. It may come before the process here ends, which waits for all who hold the output.</param>
internal sealed record PlacedProcess(SessionProcess Process, Task<int> Exited) : IAsyncDisposable
{
    /// <summary>What the workplace calls it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The process on this machine.</summary>
    public int Id => Process.Id;

    public Stream Output => Process.Output;

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
