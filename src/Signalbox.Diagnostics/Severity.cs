using System.Diagnostics;

namespace Signalbox.Diagnostics;

public enum Severity
{
    Note,
    Warning,
    Error,
}

public static class SeverityWords
{
    /// <summary>The word that text, JSON and SARIF use.</summary>
    public static string Word(this Severity severity) => severity switch
    {
        Severity.Note => "note",
        Severity.Warning => "warning",
        Severity.Error => "error",
        _ => throw new UnreachableException(),
    };
}
