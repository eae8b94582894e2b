using System.Security.Cryptography;

namespace Signalbox.CircleCi.Execution.Jobs;

/// <summary>
/// What tells everything that one node of a job started from everything else on the machine: its processes bear the mark
/// in their environment, its containers as a label. Random, so that a later job is never taken for an earlier one.
/// </summary>
internal sealed record JobMark
{
    private const int Length = 24;

    private JobMark(string text) => Text = text;

    public string Text { get; }

    public string ContainerName => $"signalbox-{Text}";

    public static JobMark Fresh() => new(RandomNumberGenerator.GetHexString(Length, lowercase: true));

    /// <summary>The mark that an event carries after the time its process started; null when there is none.</summary>
    public static JobMark? In(JobEvent.ProcessStarted started) =>
        started.Started.Split(' ') is [_, { Length: Length } mark] && mark.All(char.IsAsciiHexDigitLower) ? new JobMark(mark) : null;

    /// <param name="processId">0 for the node as a whole, before its first process.</param>
    public JobEvent.ProcessStarted Event(int processId, string started, string? container) => new(processId, $"{started} {Text}", container);
}
