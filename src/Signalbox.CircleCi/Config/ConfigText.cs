using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Config;

/// <summary>From bytes to text that is worth parsing.</summary>
public static class ConfigText
{
    /// <summary>Ten times the largest config that we know of; a parser that is given more could be kept busy for long.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private static readonly Rule NotText = new("SB1010", Severity.Error, "The config is not UTF-8 text");
    private static readonly Rule TooLarge = new("SB1011", Severity.Error, "The config is too large");
    private static readonly Rule CannotRead = new("SB1012", Severity.Error, "The config cannot be read");

    /// <param name="path">As a person would type it; it is what diagnostics show.</param>
    public static async Task<Outcome<SourceText>> Read(string file, string path, CancellationToken cancellation)
    {
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true);
            return await Read(stream, path, cancellation);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return CannotRead.Without($"{Culprit.Quote(path)} does not exist", "name the file, or run this in the folder that holds `.circleci/config.yml`");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return CannotRead.Without($"{Culprit.Quote(path)} cannot be read: {refused.Message}", "name a readable file");
        }
    }

    public static async Task<Outcome<SourceText>> Read(Stream stream, string path, CancellationToken cancellation)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (var count = await stream.ReadAsync(buffer, cancellation); count > 0 && bytes.Length <= MostBytes; count = await stream.ReadAsync(buffer, cancellation))
            await bytes.WriteAsync(buffer.AsMemory(0, count), cancellation);
        return Decode(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public static Outcome<SourceText> Decode(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
            return TooLarge.Without($"{Culprit.Quote(path)} is larger than {MostBytes / 1024 / 1024} MB", "split it with a setup workflow; no config needs so much");

        var source = new SourceText(path, Encoding.UTF8.GetString(bytes));
        var text = new char[bytes.Length];
        if (Utf8.ToUtf16(bytes, text, out _, out var good, replaceInvalidSequences: false) != OperationStatus.Done)
            return NotText.At(source, new Span(Math.Min(good, source.Text.Length), Math.Min(1, source.Text.Length - Math.Min(good, source.Text.Length))), "from here on this is not UTF-8 text", $"save it as UTF-8: `iconv -t UTF-8 {path}`");

        // The YAML scanner takes a NUL for the end of the file.
        return source.Text.IndexOf('\0', StringComparison.Ordinal) is var nul and >= 0
            ? NotText.At(source, new Span(nul, 1), "a NUL character stands here", "name the text file that was meant; this looks like a binary one")
            : source;
    }
}
