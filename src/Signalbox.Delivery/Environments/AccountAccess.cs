using Signalbox.Processes;

namespace Signalbox.Delivery.Environments;

/// <summary>An account that can be reached now, and all that a child process may know of it.</summary>
/// <param name="Account">The 12-digit account id that the credentials really belong to.</param>
/// <param name="Variables">The complete environment of every child; nothing is added from this process.</param>
public sealed record AccountAccess(Target Target, string Account, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>Keeps what works on the account from reaching anything else; null where nothing has to or can.</summary>
    public Confinement? Confinement { get; init; }
}
