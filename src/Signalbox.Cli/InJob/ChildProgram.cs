using Signalbox.Diagnostics;
using Signalbox.Processes;
using Signalbox.Processes.Sessions;

namespace Signalbox.Cli.InJob;

/// <summary>A program that a call runs in its own stead: its output goes through, its exit code is the call's.</summary>
internal static class ChildProgram
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <param name="input">What it reads.</param>
    public static async Task<CallEnd> Run(string program, ValueList<string> arguments, string input, Invocation invocation, CancellationToken cancellation)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, input, cancellation);
            await using var process = new ProcessRunner(invocation.Clock).Start(new SessionCommand(program, arguments)
            {
                Folder = invocation.Folder,
                Environment = invocation.Variables,
                InputFile = file,
            });
            using var reader = new StreamReader(process.Output);
            var copying = Copy(reader, invocation.Terminal.Output);
            try
            {
                await process.Exited.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                await process.Stop(Grace, invocation.Clock);
            }

            await copying;
            return new CallEnd(await process.Exited);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task Copy(StreamReader from, TextWriter to)
    {
        var buffer = new char[16 * 1024];
        while (await from.ReadAsync(buffer) is var read and > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read));
            await to.FlushAsync();
        }
    }
}
