namespace Signalbox.Cli.InJob;

/// <summary>The exit code of a call from inside a job, which may be some other program's.</summary>
internal sealed record CallEnd(int Number)
{
    public static CallEnd Done { get; } = new(ExitCode.Done);
}
