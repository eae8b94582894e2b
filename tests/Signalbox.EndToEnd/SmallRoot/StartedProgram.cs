using System.Diagnostics;
using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>A start of the program that a test may kill. What it says is read, so that it never waits for a reader.</summary>
internal sealed class StartedProgram : IDisposable
{
    private readonly Process _process;

    public StartedProgram(string folder, params string[] command)
    {
        _process = Process.Start(new ProcessStartInfo(PublishedProgram.Path, command) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        Said = Task.WhenAll(_process.StandardError.ReadToEndAsync(Cancellation), _process.StandardOutput.ReadToEndAsync(Cancellation));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Ends when nobody is left who could say more, also of those that it started.</summary>
    public Task Said { get; }

    public bool HasExited => _process.HasExited;

    /// <param name="everything">Also whatever it started, such as Terraform and its providers.</param>
    public async Task Kill(bool everything)
    {
        _process.Kill(entireProcessTree: everything);
        await Ended();
    }

    public Task Ended() => _process.WaitForExitAsync(Cancellation);

    public void Dispose() => _process.Dispose();
}
