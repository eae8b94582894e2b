namespace Signalbox.Delivery.Verification;

/// <summary>What a probe amounts to, held against what is expected.</summary>
public abstract record Sight
{
    private Sight() { }

    public sealed record AsExpected : Sight;

    /// <summary>The first hop on the way that is not as it should be.</summary>
    public sealed record Wrong(HopFailure Failure) : Sight;

    /// <summary>This machine could not look.</summary>
    public sealed record Unseen(string Why) : Sight;

    /// <summary>Judges hop by hop along the way: what lies behind a broken hop cannot be known.</summary>
    public static Sight Of(Endpoint endpoint, ExpectedState state, Probe probe, DateTimeOffset now)
    {
        if (probe.Certificate?.Problem(endpoint.Url.IdnHost, endpoint.CertificateValidFor, now) is { } untrusted)
            return new Wrong(new HopFailure(IsNobodysName(endpoint, probe.Certificate) ? Hop.Edge : Hop.Tls, untrusted));
        var root = OfReply(endpoint, probe.Root, endpoint.Expected(state), endpoint.Answerer(state));
        if (root is not AsExpected || state == ExpectedState.Parked || endpoint.Service is not { } service || probe.Service is not { } reply)
            return root;
        return OfReply(endpoint, reply, service.Expected, Hop.Service) switch
        {
            Wrong { Failure: var failure } => new Wrong(failure with { Message = $"{service.Path} {failure.Message}" }),
            var other => other,
        };
    }

    /// <summary>CloudFront shows the certificate of its own names where no distribution has the name that was asked for.</summary>
    private static bool IsNobodysName(Endpoint endpoint, CertificateFacts certificate) =>
        endpoint.ThroughCloudFront && !certificate.IsForHost && certificate.Names.Contains("*.cloudfront.net", StringComparer.OrdinalIgnoreCase);

    private static Sight OfReply(Endpoint endpoint, Reply reply, Expectation expected, Hop answerer)
    {
        if (reply is Reply.Failed { Fault: var fault })
            return fault.IsOurs ? new Unseen(fault.Message) : new Wrong(new HopFailure(fault.HopFor(answerer), fault.Message));

        var answer = ((Reply.Answered)reply).Answer;
        var differences = expected.Compare(answer);
        if (endpoint.ThroughCloudFront && !answer.PassedCloudFront)
            return new Wrong(new HopFailure(Hop.Edge, "the answer did not pass through CloudFront"));
        return differences.Count == 0
            ? new AsExpected()
            : new Wrong(new HopFailure(HopOf(endpoint, answer, expected, differences[0].Kind, answerer), string.Join("; ", differences.Select(difference => difference.Message))));
    }

    /// <summary>Which hop an unexpected answer speaks of, as far as the answer itself shows it.</summary>
    private static Hop HopOf(Endpoint endpoint, Answer answer, Expectation expected, MismatchKind first, Hop answerer)
    {
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html and its neighbours
        if (answer.IsCloudFrontsError)
            return answer.Status is 502 or 504 ? Hop.LoadBalancer : Hop.Edge;
        // While parked the status is the load balancer's, and the page that goes with it the edge's.
        if (expected == endpoint.Parked)
            return first != MismatchKind.Status && endpoint.ThroughCloudFront ? Hop.Edge : answerer;
        // A login is asked for before the service is reached: where one is expected, no answer is the service's.
        return first == MismatchKind.Status && answer.Status is 502 or 503 or 504 && expected.RedirectsTo is null ? Hop.Service : answerer;
    }
}

/// <param name="Message">What was seen there, as it follows the hop's name.</param>
/// <param name="Resource">The Terraform address to mend; null when it is not known.</param>
public sealed record HopFailure(Hop Hop, string Message, string? Resource = null);
