namespace Signalbox.Cli;

/// <summary>How the program ends. Few on purpose; scripts depend on them.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadArguments = 2;
    public const int WaitingForAPerson = 3;
    public const int AppliedButVerificationFailed = 4;
    public const int OurBug = 70;
    public const int Interrupted = 130;
}
