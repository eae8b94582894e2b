namespace Signalbox.CircleCi.Execution.Jobs;

/// <summary>Tells the events of one node in order, one at a time, whichever thread they come from.</summary>
internal sealed class JobEvents(Action<JobEvent> onEvent)
{
    private readonly Lock _oneAtATime = new();

    public void Tell(JobEvent happened)
    {
        lock (_oneAtATime)
            onEvent(happened);
    }

    public void Note(string message) => Tell(new JobEvent.Noted(message));
}
