using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments;

/// <summary>From the bytes on the disk to text that is worth parsing.</summary>
internal static class SignalboxFileText
{
    private const int MostBytes = 1024 * 1024;

    private static readonly Rule NoFile = new("SB3001", Severity.Error, "There is no signalbox.yml");
    private static readonly Rule CannotRead = new("SB3002", Severity.Error, "The file cannot be read");
    private static readonly Rule NotText = new("SB3003", Severity.Error, "The file is not UTF-8 text");
    private static readonly Rule TooLarge = new("SB3032", Severity.Error, "The file is too large");

    public static Outcome<SourceText> Read(string repositoryFolder)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(repositoryFolder, SignalboxFile.FileName));
            var bytes = new byte[MostBytes + 1];
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Decode(SignalboxFile.FileName, bytes.AsSpan(0, count));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return NoFile.Without($"{SignalboxFile.FileName} does not exist in {Culprit.Quote(repositoryFolder)}", $"create it with this:\n{SignalboxFile.Minimal}");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return CannotRead.Without($"{SignalboxFile.FileName} cannot be read: {refused.Message}", $"make it a readable file: `chmod u+r {SignalboxFile.FileName}`");
        }
    }

    public static Outcome<SourceText> Decode(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
            return Large(path);

        var source = new SourceText(path, Encoding.UTF8.GetString(bytes));
        var text = new char[bytes.Length];
        if (Utf8.ToUtf16(bytes, text, out _, out var good, replaceInvalidSequences: false) == OperationStatus.Done)
            return source;
        var mark = text is ['\uFEFF', ..] ? 1 : 0;
        return NotText.At(source, new Span(good - mark, 1), "from here on the file is not UTF-8 text", $"save it as UTF-8: `iconv -t UTF-8 {path}`");
    }

    /// <summary>Why no parser should be given this text; the YAML scanner takes a NUL for the end of the file.</summary>
    public static Diagnostic? Refusal(SourceText source)
    {
        if (source.Text.Length > MostBytes)
            return Large(source.Path);
        return source.Text.AsSpan().IndexOfAny(Forbidden) is var at and >= 0
            ? NotText.At(source, new Span(at, 1), $"the character U+{(int)source.Text[at]:X4} is not text", "delete it; it may not be visible in an editor")
            : null;
    }

    /// <summary>What YAML calls not printable, and the byte order mark, which stands only at the beginning.</summary>
    private static SearchValues<char> Forbidden { get; } = SearchValues.Create(
    [
        .. Enumerable.Range(0x00, 0xA0).Select(code => (char)code).Where(code => char.IsControl(code) && code is not ('\t' or '\n' or '\r' or '\u0085')),
        '\uFEFF', '\uFFFE', '\uFFFF',
    ]);

    private static Diagnostic Large(string path) =>
        TooLarge.Without($"{path} is larger than {MostBytes / 1024} KiB", "look whether it is the right file; a description of environments is a few KiB");
}
