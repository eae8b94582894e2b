using Signalbox.Diagnostics;
using Signalbox.Sandbox.Edge.Account;

namespace Signalbox.Sandbox.Edge.Walking;

/// <summary>Who answers in the end, and what.</summary>
internal abstract record Ending
{
    private Ending() { }

    /// <summary>CloudFront itself: it has no distribution for the name, or cannot get an answer from the origin.</summary>
    public sealed record CloudFrontRefuses(int Status, string Sentence) : Ending;

    /// <summary>The load balancer itself, with its own short page.</summary>
    public sealed record BalancerRefuses(int Status) : Ending;

    public sealed record Fixed(RuleAction.Fixed Answer) : Ending;

    public sealed record Redirected(int Status, string Location) : Ending;

    /// <summary>The load balancer sends the visitor to log in. <paramref name="Behind"/> is what a visitor who did would get.</summary>
    public sealed record Login(RuleAction.Login Action, Ending Behind) : Ending;

    public sealed record Object(string Region, string Bucket, string Key, bool IsReadable) : Ending;

    public sealed record Application(RunningService Service, Container Container, TargetGroup Group) : Ending;
}

/// <summary>A request's way through the account, as far as it came.</summary>
/// <param name="Distribution">Null when the visitor did not come through CloudFront, or no distribution has the name.</param>
/// <param name="ReadTimeout">How long CloudFront waits for the origin, in seconds.</param>
internal sealed record Walk(ValueList<Hop> Hops, Ending Ending, Distribution? Distribution = null, int ReadTimeout = 30)
{
    /// <summary>What CloudFront adds to whatever is answered, by the policy of the behaviour that the request matched.</summary>
    public ValueList<AddedHeader> Added { get; init; } = [];

    /// <summary>The first hop that a request cannot go on from; null when the application answers.</summary>
    public Hop? Broken => Hops.FirstOrDefault(hop => hop.Problem is not null);
}
