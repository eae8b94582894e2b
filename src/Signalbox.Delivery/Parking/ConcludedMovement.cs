using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;

namespace Signalbox.Delivery.Parking;

/// <summary>The end of a movement that was cut short, where a plan shows that nothing of it is left to do.</summary>
public static class ConcludedMovement
{
    /// <param name="open">The apply that nothing says the end of, if there is one.</param>
    /// <param name="movement">Where the environment stands; what it saves is what its attempts wrote down.</param>
    public static IEnumerable<RegisterNote> Notes(NoteOrigin origin, RegisterEntry? open, PlanDigest plan, MovementRecord movement)
    {
        if (open is not null)
        {
            yield return origin.Note(EntryKind.Recovered) with
            {
                Plan = open.Note.Plan,
                Outcome = $"the environment is {movement.To}, and nothing is missing",
                Facts = [new("applying", open.Sequence.ToString())],
            };
        }

        yield return MovementNotes.Of(origin.Note(EntryKind.Applying) with { Plan = plan }, movement, MovementNotes.Done);
    }
}
