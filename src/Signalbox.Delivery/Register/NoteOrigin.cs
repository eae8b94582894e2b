using Signalbox.Delivery.Environments;

namespace Signalbox.Delivery.Register;

/// <summary>Who does something, where, and in which run: what every note of one command has in common.</summary>
public sealed record NoteOrigin(string? Environment, Target Target, Actor Actor)
{
    public string? Commit { get; init; }

    public string? Run { get; init; }

    public string? Job { get; init; }

    public RegisterNote Note(EntryKind kind) => new()
    {
        Kind = kind,
        Environment = Environment,
        Target = Target,
        Actor = Actor,
        Commit = Commit,
        Run = Run,
        Job = Job,
    };
}
