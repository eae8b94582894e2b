using System.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>Why there was no answer.</summary>
public enum FaultKind
{
    NameUnknown,
    ResolverFailed,
    Unreachable,
    ConnectTooSlow,
    Refused,
    HandshakeFailed,
    HandshakeTooSlow,
    ConnectionLost,
    AnswerCutShort,
    AnswerTooSlow,
    NotHttp,
    RedirectLoop,
}

/// <param name="Message">As it follows the name of a hop.</param>
public sealed record Fault(FaultKind Kind, string Message)
{
    /// <summary>
    /// This machine could not look: its resolver or its network is down, or its own patience ended before anything was
    /// reached. It says nothing of the endpoint.
    /// </summary>
    public bool IsOurs => Kind is FaultKind.ResolverFailed or FaultKind.Unreachable or FaultKind.ConnectTooSlow;

    /// <param name="answerer">Who was expected to answer.</param>
    public Hop HopFor(Hop answerer) => Kind switch
    {
        FaultKind.NameUnknown or FaultKind.ResolverFailed => Hop.Dns,
        FaultKind.HandshakeFailed or FaultKind.HandshakeTooSlow => Hop.Tls,
        FaultKind.Unreachable or FaultKind.ConnectTooSlow or FaultKind.Refused => Hop.Edge,
        FaultKind.ConnectionLost when answerer != Hop.Service => Hop.Edge,
        FaultKind.ConnectionLost or FaultKind.AnswerCutShort or FaultKind.AnswerTooSlow or FaultKind.NotHttp or FaultKind.RedirectLoop => answerer,
        _ => throw new UnreachableException(),
    };
}
