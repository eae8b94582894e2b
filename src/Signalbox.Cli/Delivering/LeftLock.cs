using Signalbox.Delivery.Recovery;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>The lock on the state that an apply left: one that was cut short, or whose Terraform was killed.</summary>
internal static class LeftLock
{
    /// <summary>Terraform takes its lock before its first change; starting its providers can take this long.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Lets go of the lock that the newest apply left when it failed, as Terraform does when it is killed and we are not.
    /// A lock that is somebody else's is left for Terraform to tell of.
    /// </summary>
    /// <returns>What keeps the next apply from starting.</returns>
    public static async Task<ValueList<Diagnostic>> MakeWay(Invocation invocation, DeliverySession session, CancellationToken cancellation)
    {
        if (await UnfinishedApply.FindFailed(session.Register, session.Environment.Name.Text, session.Access.Target, cancellation) is not { } failed)
            return [];
        if (session.Backend.RunningTerraform() is { } process)
            return [StillRunning(session, process)];
        if (!(await session.Terraform.Initialise(static _ => { }, cancellation)).Succeeded(out _, out var problems)
            || !(await LetGo(invocation, session, failed, hasEnded: true, cancellation)).Succeeded(out var released, out problems))
        {
            return problems.Any(problem => problem.Rule == RecoveryRules.OthersLock) ? [] : problems;
        }

        if (released.Id is { } id)
            invocation.Terminal.Say($"let go of the lock {id}, which the failed apply of plan {failed.Note.Plan} left");
        return [];
    }

    /// <summary>Lets go of the lock that the apply left, and of no other.</summary>
    /// <param name="open">The apply's entry; null when none was cut short.</param>
    /// <param name="hasEnded">Whether it said itself that it had ended, and so its Terraform has.</param>
    public static async Task<Outcome<ReleasedLock>> LetGo(Invocation invocation, DeliverySession session, RegisterEntry? open, bool hasEnded, CancellationToken cancellation)
    {
        var found = await session.Backend.FindLock(cancellation);
        if (found is Outcome<StateLock?>.Failure unreadable)
            return new Outcome<ReleasedLock>.Failure(unreadable.Problems);
        var held = ((Outcome<StateLock?>.Success)found).Value;
        if (held is null)
            return new ReleasedLock(null);
        if (open is null || !CutShortApply.IsLockOf(held, open, LongestStart))
        {
            return RecoveryRules.OthersLock.Without(
                $"{held.Who} took the lock at {held.Created:yyyy-MM-dd HH:mm:ss}Z for {held.Operation} (lock {held.Id}); no apply of this register did",
                $"ask them; if they are gone, run `terraform force-unlock {held.Id}` in {session.Environment.RootFolder.Text}");
        }

        if (!hasEnded && !CutShortApply.WasHere(open) && !(open.Note.Run is { } run && await new EngineRuns(invocation.Variables).HasEnded(run, cancellation)))
        {
            return RecoveryRules.OthersLock.Without(
                $"{held.Who} took the lock at {held.Created:yyyy-MM-dd HH:mm:ss}Z to apply plan {open.Note.Plan} on another machine, whose Terraform may be at it still: it goes on when signalbox is killed",
                $"run this there; if that machine is gone, run `terraform force-unlock {held.Id}` in {session.Environment.RootFolder.Text}");
        }

        return (await session.Backend.Unlock(held, cancellation)).Succeeded(out _, out var problems) ? new ReleasedLock(held.Id) : new Outcome<ReleasedLock>.Failure(problems);
    }

    public static Diagnostic StillRunning(DeliverySession session, int process) => RecoveryRules.StillRunning.Without(
        $"Terraform works in {session.Environment.RootFolder.Text} (process {process}), though whoever started it is gone",
        "wait until it has ended, then run this again: it may yet save its state");
}

/// <param name="Id">Null when there was none.</param>
internal sealed record ReleasedLock(string? Id);
