using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Signalbox.Processes.Sessions;

/// <summary>
/// A running program that leads a session and a process group of its own. Until disposal its id is not given to another
/// process, even after it has exited, so a signal to the group can only reach what it started.
/// </summary>
public sealed partial class SessionProcess : IAsyncDisposable
{
    private const int Sigint = 2;
    private const int Sigkill = 9;
    private const int PipeSize = 1 << 20;
    private const int WaiterStack = 256 * 1024;

    private readonly AnonymousPipeServerStream _output;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isCollected;

    private SessionProcess(int id, AnonymousPipeServerStream output) => (Id, _output) = (id, output);

    public int Id { get; }

    /// <summary>Ends when the last process that holds it has ended, which may be long after <see cref="Exited"/>.</summary>
    public Stream Output => _output;

    /// <summary>The exit code as a shell reports it: 128 and the signal's number when a signal ended the program.</summary>
    public Task<int> Exited => _exited.Task;

    internal static SessionProcess Start(SessionCommand command)
    {
        var output = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None, PipeSize);
        try
        {
            var process = new SessionProcess(Spawn.Start(command, (int)output.ClientSafePipeHandle.DangerousGetHandle()), output);
            output.DisposeLocalCopyOfClientHandle();
            new Thread(process.Await, WaiterStack) { IsBackground = true, Name = $"waits for {process.Id}" }.Start();
            return process;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>Asks every process of the group to end: one SIGINT, as a terminal would send.</summary>
    public void Interrupt() => Signal(Sigint);

    public void Kill() => Signal(Sigkill);

    /// <summary>One SIGINT, then <paramref name="grace"/>, then SIGKILL.</summary>
    public async Task Stop(TimeSpan grace, TimeProvider clock)
    {
        Interrupt();
        try
        {
            await Exited.WaitAsync(grace, clock);
        }
        catch (TimeoutException)
        {
            Kill();
            await Exited;
        }
    }

    /// <summary>Kills what is left of the group and lets go of its id.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited;
        Collect();
        await _output.DisposeAsync();
    }

    private unsafe void Await()
    {
        var report = stackalloc int[32]; // siginfo_t
        const int ById = 1, Exit = 4;
        var dontCollect = OperatingSystem.IsMacOS() ? 0x20 : 0x0100_0000;
        while (WaitId(ById, Id, report, Exit | dontCollect) != 0)
        {
            if (Marshal.GetLastSystemError() == 4) // EINTR
                continue;
            _exited.SetResult(255); // somebody else collected it, and its code with it
            return;
        }

        var (code, status) = OperatingSystem.IsMacOS() ? (report[2], report[5]) : (report[2], report[6]);
        _exited.SetResult(code == 1 ? status : 128 + status);
    }

    private void Signal(int signal)
    {
        lock (_exited)
        {
            if (!_isCollected)
                _ = Kill(-Id, signal);
        }
    }

    private unsafe void Collect()
    {
        lock (_exited)
        {
            if (!_isCollected)
                _ = WaitPid(Id, null, 0);
            _isCollected = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static unsafe partial int WaitId(int kind, int id, int* report, int options);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static unsafe partial int WaitPid(int id, int* status, int options);
}
