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

    /// <param name="index">From 1, as the job's images are counted after the primary one.</param>
    public string ServiceName(int index) => $"{ContainerName}-{index}";

    public static JobMark Fresh() => new(RandomNumberGenerator.GetHexString(Length, lowercase: true));

    /// <summary>The mark that the first event of a node announces; null in every other event.</summary>
    public static JobMark? In(JobEvent.ProcessStarted started) =>
        started is { ProcessId: 0, Started: { Length: Length } text } && text.All(char.IsAsciiHexDigitLower) ? new JobMark(text) : null;

    /// <summary>Announces the node before anything of it runs, so that nothing can be left behind unrecorded.</summary>
    public JobEvent.ProcessStarted Announced(string? container) => new(ProcessId: 0, Text, container);
}
