using Signalbox.Diagnostics;

namespace Signalbox.Cli;

/// <summary>The colours there are, each the number of its escape code. A colour repeats what the words say.</summary>
internal enum Colour
{
    Bold = 1,
    Dim = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Blue = 34,
}

internal static class DiagnosticPaint
{
    /// <summary>Colours the label that begins a rendered diagnostic.</summary>
    public static string Apply(Terminal terminal, Severity severity, string rendered)
    {
        var colour = severity switch
        {
            Severity.Note => Colour.Blue,
            Severity.Warning => Colour.Yellow,
            _ => Colour.Red,
        };
        var end = rendered.IndexOf(':', StringComparison.Ordinal);
        return terminal.Paint(colour, rendered[..end]) + rendered[end..];
    }
}
