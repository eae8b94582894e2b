namespace Signalbox.Cli.Tools;

/// <summary>What was seen of one needed tool on this machine.</summary>
/// <param name="Tool">The tool that serves, or the first choice of those that could.</param>
/// <param name="Version">The version that was found; null when there is none.</param>
/// <param name="Objection">Why that version will not do; null when it will.</param>
internal sealed record ToolState(Tool Tool, Version? Version, string? Objection)
{
    public bool Serves => Version is not null && Objection is null;

    /// <summary>Our own work cannot be done.</summary>
    public bool StopsUs => !Serves && Tool.Need is Need.Run;

    public string Word => this switch
    {
        { Version: null } => "missing",
        { Objection: { } objection } => objection,
        _ => "found",
    };
}
