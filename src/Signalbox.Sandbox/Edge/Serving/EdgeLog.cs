using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Signalbox.Sandbox.Edge.Serving;

/// <summary>Why answers were not the application's, one line each: where a person looks after a probe failed.</summary>
internal sealed class EdgeLog : IAsyncDisposable
{
    /// <summary>Kept for one start and the one before it, and never longer than this.</summary>
    private const long Longest = 8 * 1024 * 1024;

    private readonly Lock _oneLineAtATime = new();
    private readonly FileStream _file;
    private readonly TimeProvider _clock;
    private string? _last;
    private long _repeated;

    private EdgeLog(FileStream file, TimeProvider clock) => (_file, _clock) = (file, clock);

    public SafeFileHandle File => _file.SafeFileHandle;

    public static EdgeLog Open(string path, TimeProvider clock)
    {
        if (System.IO.File.Exists(path))
            System.IO.File.Move(path, $"{path}.previous", overwrite: true);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new EdgeLog(new FileStream(path, options), clock);
    }

    /// <summary>The same line in a row is written once and then counted, or a load test would fill the disk.</summary>
    public void Write(string line)
    {
        lock (_oneLineAtATime)
        {
            if (line == _last)
            {
                _repeated++;
                return;
            }

            if (_repeated > 0)
                Append($"(the line above, {_repeated} more times)");
            (_last, _repeated) = (line, 0);
            Append(line);
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private void Append(string line)
    {
        if (_file.Length < Longest)
            _file.Write(Encoding.UTF8.GetBytes($"{_clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {line}\n"));
    }
}
