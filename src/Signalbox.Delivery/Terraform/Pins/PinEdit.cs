using Signalbox.Diagnostics;
using Signalbox.Journal;

namespace Signalbox.Delivery.Terraform.Pins;

/// <summary>One pin about to change: every other byte of the file stays.</summary>
public sealed class PinEdit
{
    private readonly TerraformFile _file;
    private readonly Span _span;
    private readonly string _replacement;

    internal PinEdit(TerraformFile file, Span span, string replacement) => (_file, _span, _replacement) = (file, span, replacement);

    public bool ChangesAnything => !_file.Source.Text.AsSpan(_span.Start, _span.Length).SequenceEqual(_replacement);

    /// <summary>As `diff -u` shows it, without context.</summary>
    public string Diff()
    {
        var (line, column) = _file.Source.PositionOf(_span.Start);
        var before = _file.Source.Line(line);
        var after = $"{before.AsSpan(0, column - 1)}{_replacement}{before.AsSpan(column - 1 + _span.Length)}";
        return $"--- a/{_file.Source.Path}\n+++ b/{_file.Source.Path}\n@@ -{line} +{line} @@\n-{before}\n+{after}";
    }

    /// <returns>Why it could not be written, or null.</returns>
    public async Task<Diagnostic?> Write(CancellationToken cancellation)
    {
        var path = _file.FullPath;
        try
        {
            var mode = OperatingSystem.IsWindows() ? default : System.IO.File.GetUnixFileMode(path);
            await DurableFile.Write(path, _file.With(_span, _replacement), cancellation);
            if (!OperatingSystem.IsWindows())
                System.IO.File.SetUnixFileMode(path, mode); // a source file is for everyone, not for its owner alone
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return PinRules.CannotWrite.Without($"`{_file.Source.Path}` cannot be written: {e.Message}", "make it writable and pin again");
        }
    }
}
