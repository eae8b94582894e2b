namespace Signalbox.Delivery.Verification;

/// <summary>What one look at an endpoint saw. It holds facts; <see cref="Sight"/> says what they amount to.</summary>
public sealed record Probe
{
    /// <summary>Null without TLS, or when it never came to it.</summary>
    public CertificateFacts? Certificate { get; init; }

    public required Reply Root { get; init; }

    /// <summary>Null when nothing but the service's own path would show it, and that was not asked.</summary>
    public Reply? Service { get; init; }

    public ProbeTimes Times { get; init; } = new();
}

/// <summary>How one request ended.</summary>
public abstract record Reply
{
    private Reply() { }

    public sealed record Answered(Answer Answer) : Reply;

    public sealed record Failed(Fault Fault) : Reply;
}

/// <summary>How long each part took; null for what did not happen.</summary>
public sealed record ProbeTimes
{
    public TimeSpan? Resolving { get; init; }

    public TimeSpan? Connecting { get; init; }

    public TimeSpan? Securing { get; init; }

    public TimeSpan? Root { get; init; }

    public TimeSpan? Service { get; init; }

    public TimeSpan? Of(Hop hop) => hop switch
    {
        Hop.Dns => Resolving,
        Hop.Tls => Securing,
        Hop.Edge => Connecting,
        Hop.LoadBalancer => Root,
        Hop.Service => Service,
        _ => null,
    };
}
