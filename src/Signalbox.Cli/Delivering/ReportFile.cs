using System.Text;
using Signalbox.Diagnostics;
using Signalbox.Journal;

namespace Signalbox.Cli.Delivering;

/// <summary>Files that people and CI systems read beside the answer.</summary>
internal static class ReportFile
{
    private static readonly Rule CannotWrite = new("SB3226", Severity.Error, "A report cannot be written");

    /// <returns>Why it could not be written, or null.</returns>
    public static async Task<Diagnostic?> Write(string path, string text, CancellationToken cancellation)
    {
        try
        {
            await DurableFile.Write(path, Encoding.UTF8.GetBytes(text), cancellation);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CannotWrite.Without($"`{path}` cannot be written: {e.Message}", "make room or name another file");
        }
    }
}
