using System.Net;

namespace Signalbox.Delivery.Verification;

/// <summary>Looks at an endpoint once: name, connection, certificate, its own answer and its service's.</summary>
/// <param name="route">Where every name leads; null for the machine's resolver.</param>
public sealed class Prober(EndpointRoute? route, TimeProvider clock)
{
    /// <param name="endpoint">What to look at.</param>
    /// <param name="patience">How long all of it may take.</param>
    public async Task<Probe> Probe(Endpoint endpoint, TimeSpan patience, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        var (first, fault) = await ProbeConnection.Open(endpoint.Url, route, clock, limit.Token, cancellation);
        if (first is null)
            return new Probe { Root = new Reply.Failed(fault!) };

        await using (first)
        {
            using var handler = new ProbeHandler(first, route, clock, cancellation).Create();
            using var client = new HttpMessageInvoker(handler);
            var question = new ProbeQuestion(client, first.IsHttp2 ? HttpVersion.Version20 : HttpVersion.Version11, clock);
            var root = question.Ask(endpoint.Url, endpoint.FollowedRedirects, limit.Token, cancellation);
            var service = endpoint.ServiceUrl is { } url ? question.Ask(url, follow: 0, limit.Token, cancellation) : null;
            var (rootReply, rootTime) = await root;
            var seen = new Probe { Certificate = first.Certificate, Root = rootReply, Times = first.Times with { Root = rootTime } };
            if (service is null)
                return seen;
            var (serviceReply, serviceTime) = await service;
            return seen with { Service = serviceReply, Times = seen.Times with { Service = serviceTime } };
        }
    }
}
