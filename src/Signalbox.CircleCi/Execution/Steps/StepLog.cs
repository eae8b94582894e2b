using System.Text;
using Signalbox.Processes.Masking;

namespace Signalbox.CircleCi.Execution.Steps;

/// <summary>The masked output of one step, on disk. Remembers the newest whole line and when something last came.</summary>
internal sealed class StepLog : Stream
{
    private const int LongestLine = 400;

    private readonly FileStream _file;
    private readonly SecretSearch _secrets;
    private readonly TimeProvider _clock;
    private readonly Lock _oneWriter = new();
    private readonly List<byte> _unfinished = [];
    private byte[] _lastLine = [];

    public StepLog(string path, SecretSearch secrets, TimeProvider clock)
    {
        (Path, _secrets, _clock) = (path, secrets, clock);
        // ext4 writes a file that was ever cut to nothing to the disk as it is closed, and a new one when it has time
        var mode = File.Exists(path) ? FileMode.Truncate : FileMode.CreateNew;
        _file = new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        LastOutputAt = clock.GetTimestamp();
    }

    public string Path { get; }

    /// <summary>As <see cref="TimeProvider.GetTimestamp"/> counts.</summary>
    public long LastOutputAt { get; private set; }

    /// <summary>Grows with each new line, so that a change is seen without comparing lines.</summary>
    public int Lines { get; private set; }

    public string LastLine
    {
        get
        {
            lock (_oneWriter)
                return Encoding.UTF8.GetString(_lastLine).TrimEnd('\r').Split('\r')[^1];
        }
    }

    /// <summary>Copies a program's output until it ends or the log is closed.</summary>
    public Task Copy(Stream output, CancellationToken cancellation) => MaskedCopy.Run(output, this, _secrets, cancellation);

    /// <summary>Writes a line of the engine's own.</summary>
    public void Say(string line)
    {
        var text = Encoding.UTF8.GetBytes(line + "\n");
        Write(text.AsSpan(0, MaskedCopy.InPlace(text, _secrets, isLast: true).Masked));
    }

    /// <summary>The silence starts anew, as when a step is tried again.</summary>
    public void Touch() => LastOutputAt = _clock.GetTimestamp();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.IsEmpty)
            return;
        lock (_oneWriter)
        {
            if (!_file.CanWrite)
                return; // what a process left behind says after its job has ended
            _file.Write(buffer);
            LastOutputAt = _clock.GetTimestamp();
            Remember(buffer);
        }
    }

    /// <summary>Nothing to do: whatever is written is in the file at once.</summary>
    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        lock (_oneWriter)
            _file.Dispose();
        base.Dispose(disposing);
    }

    private void Remember(ReadOnlySpan<byte> written)
    {
        var end = written.LastIndexOf((byte)'\n');
        if (end >= 0)
        {
            var begin = written[..end].LastIndexOf((byte)'\n');
            _lastLine = begin < 0 ? [.. _unfinished, .. Cut(written[..end])] : Cut(written[(begin + 1)..end]).ToArray();
            _unfinished.Clear();
            Lines++;
        }

        if (_unfinished.Count < LongestLine)
            _unfinished.AddRange(Cut(written[(end + 1)..]));
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> line) => line.Length > LongestLine ? line[..LongestLine] : line;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
