using System.Text;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform.Pins;

/// <summary>A `.tf` file as text that can be written back byte for byte.</summary>
/// <param name="HasMark">It begins with a byte order mark, which the text leaves out.</param>
internal sealed record TerraformFile(string FullPath, SourceText Source, bool HasMark)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="repositoryFolder">Messages name the file relative to it.</param>
    public static async Task<Outcome<TerraformFile>> Read(string repositoryFolder, string path, CancellationToken cancellation)
    {
        var shown = Path.GetRelativePath(repositoryFolder, path).Replace('\\', '/');
        var bytes = await File.ReadAllBytesAsync(path, cancellation);
        try
        {
            var hasMark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble);
            var text = Strict.GetString(bytes, hasMark ? Encoding.UTF8.Preamble.Length : 0, bytes.Length - (hasMark ? Encoding.UTF8.Preamble.Length : 0));
            return new TerraformFile(path, new SourceText(shown, text), hasMark);
        }
        catch (DecoderFallbackException)
        {
            return PinRules.Unreadable.Without($"`{shown}` is not UTF-8 text, so Terraform would not read it either", "save it as UTF-8");
        }
    }

    /// <summary>The bytes of the file with one span replaced.</summary>
    public byte[] With(Span span, string replacement)
    {
        var text = Source.Text;
        var edited = $"{text.AsSpan(0, span.Start)}{replacement}{text.AsSpan(span.End)}";
        return [.. HasMark ? Encoding.UTF8.Preamble : [], .. Strict.GetBytes(edited)];
    }
}
