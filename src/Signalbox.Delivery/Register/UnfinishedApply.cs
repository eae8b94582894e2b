using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register;

/// <summary>An apply that began and of which nothing more is written: its process, or its machine, ended in the middle.</summary>
public static class UnfinishedApply
{
    public static readonly Rule NeverEnded = new("SB3510", Severity.Error, "An earlier apply never ended");

    /// <summary>The newest one of an environment. Only true for whoever holds the environment's lease.</summary>
    public static async Task<RegisterEntry?> Find(IRegister register, string environment, Target target, CancellationToken cancellation)
    {
        RegisterEntry? open = null;
        await foreach (var entry in register.Read(cancellation))
        {
            if (entry.Note.Environment != environment || entry.Note.Target != target)
                continue;
            if (entry.Note.Kind == EntryKind.Applying)
                open = entry;
            else if (entry.Note.Kind is EntryKind.Applied or EntryKind.Failed or EntryKind.Recovered)
                open = null;
        }

        return open;
    }

    /// <summary>
    /// The newest apply of an environment if its end was written down as a failure: Terraform may have been killed while
    /// we lived on to say so, and then its lock is still there.
    /// </summary>
    public static async Task<RegisterEntry?> FindFailed(IRegister register, string environment, Target target, CancellationToken cancellation)
    {
        RegisterEntry? applying = null, failed = null;
        await foreach (var entry in register.Read(cancellation))
        {
            if (entry.Note.Environment != environment || entry.Note.Target != target)
                continue;
            if (entry.Note.Kind == EntryKind.Applying)
                (applying, failed) = (entry, null);
            else if (entry.Note.Kind is EntryKind.Applied or EntryKind.Failed or EntryKind.Recovered)
                failed = entry.Note.Kind == EntryKind.Failed ? applying : null;
        }

        return failed;
    }

    public static Diagnostic Problem(RegisterEntry entry) => NeverEnded.Without(
        $"{entry.Note.Actor.Name} began to apply plan {entry.Note.Plan} at {entry.At:yyyy-MM-dd HH:mm:ss}Z (entry {entry.Sequence}), and nothing says how it ended",
        $"run `signalbox recover {entry.Note.Environment} --target {entry.Note.Target.Word()}`: it says what was made and what is missing");
}
