using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>What an earlier park or unpark left, if it was cut short: the next one finishes it or rolls it back.</summary>
/// <param name="Open">The apply of it that nothing says the end of; null when its end was written, as a failure is.</param>
internal sealed record CutShortMovement(ParkHistory History, RegisterEntry? Open)
{
    private static readonly Rule StateWaits = new("SB3359", Severity.Error, "A state waits to be stored");

    /// <summary>Looks for one, and makes way: its lock is let go. Any other apply that was cut short is `recover`'s.</summary>
    public static async Task<Outcome<CutShortMovement>> MakeWay(Invocation invocation, DeliverySession session, CancellationToken cancellation)
    {
        var (name, target) = (session.Environment.Name.Text, session.Access.Target);
        if (!(await ParkingBook.Read(session.Register, name, target, cancellation)).Succeeded(out var history, out var problems))
            return new Outcome<CutShortMovement>.Failure(problems);
        var open = await UnfinishedApply.Find(session.Register, name, target, cancellation);
        if (open is null && await LeftLock.MakeWay(invocation, session, cancellation) is { Count: > 0 } inTheWay)
            return new Outcome<CutShortMovement>.Failure(inTheWay);
        if (history.Interrupted is null)
            return open is null ? new CutShortMovement(history, Open: null) : UnfinishedApply.Problem(open);

        if (session.Backend.LeftState() is { } left)
        {
            return StateWaits.Without(
                $"`{Path.GetRelativePath(invocation.Folder, left)}` holds the state of the {ParkStates.Parse(history.Interrupted.To)?.Verb()} that was cut short, which Terraform could not store",
                $"run `terraform state push {Path.GetFileName(left)}` in the root module, or delete the file if the account it tells of is gone");
        }

        if (open is null)
            return new CutShortMovement(history, Open: null);
        if (session.Backend.RunningTerraform() is { } process)
            return LeftLock.StillRunning(session, process);
        if (!(await session.Terraform.Initialise(static _ => { }, cancellation)).Succeeded(out _, out problems)
            || !(await LeftLock.LetGo(invocation, session, open, hasEnded: false, cancellation)).Succeeded(out var released, out problems))
        {
            return new Outcome<CutShortMovement>.Failure(problems);
        }

        if (released.Id is { } id)
            invocation.Terminal.Say($"let go of the lock {id}, which the interrupted {ParkStates.Parse(history.Interrupted.To)?.Verb()} left");
        return new CutShortMovement(history, open);
    }

    /// <summary>Nothing is left to do: the register learns that it has ended.</summary>
    public async Task<ValueList<Diagnostic>> Conclude(DeliverySession session, OpenedPlan plan, CancellationToken cancellation)
    {
        if (History.Interrupted is null || plan.Manifest.Movement is not { } movement)
            return [];
        foreach (var note in ConcludedMovement.Notes(session.Origin, Open, plan.Digest, movement))
        {
            if (!(await session.Register.Append(note, cancellation)).Succeeded(out _, out var problems))
                return problems;
        }

        return [];
    }
}
