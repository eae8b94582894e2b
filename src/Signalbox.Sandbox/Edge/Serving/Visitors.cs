using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Signalbox.Sandbox.Edge.Account;
using Signalbox.Sandbox.Edge.Walking;

namespace Signalbox.Sandbox.Edge.Serving;

/// <summary>Answers one request: walks the account, lets whoever stands at the end speak, and records why if it is not the application.</summary>
internal sealed class Visitors(AccountCache account, EdgeLog log, TimeProvider clock)
{
    public async Task Answer(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var moment = await account.Now(cancellation);
        if (moment.Reading is not AccountReading.Seen { View: var view })
        {
            var why = ((AccountReading.Unreadable)moment.Reading).Why;
            log.Write($"cannot answer: {why}");
            await Send(context, Reply.Unknowable(why), cut: false);
            return;
        }

        var visit = Visit(context);
        var doorway = Doorway.Of(view, context.Features.Get<ITlsHandshakeFeature>()?.HostName ?? "");
        var walk = doorway.Walk(view, visit, clock.GetUtcNow());
        if (walk.Broken is { } broken)
            log.Write($"{visit.Method} https://{visit.Host}{visit.Path}: {broken.Station.Word()} {broken.Name}: {broken.Problem!.Why}");
        await Speak(context, doorway, walk, visit, moment);
    }

    private async Task Speak(HttpContext context, Doorway doorway, Walk walk, Visit visit, AccountMoment moment)
    {
        var cancellation = context.RequestAborted;
        var isCloudFront = doorway is Doorway.CloudFront;
        var requestId = isCloudFront ? CloudFrontFace.RequestId() : "";
        var cut = false;
        Reply reply;
        if (walk.Ending is Ending.Application application)
        {
            var standIn = StandIn.For(application, visit);
            var patience = isCloudFront ? TimeSpan.FromSeconds(walk.ReadTimeout) : TimeSpan.MaxValue;
            if (standIn.Delay > TimeSpan.Zero)
                await Task.Delay(standIn.Delay < patience ? standIn.Delay : patience, clock, cancellation);
            if (standIn.Reset && doorway is Doorway.Service)
            {
                context.Abort();
                return;
            }

            cut = standIn.Cut;
            reply = standIn.Delay >= patience ? CloudFrontFace.Refuses(504, "The origin does not answer in time.", requestId)
                : standIn.Reset ? BalancerFace.Refuses(502)
                : standIn.Reply;
        }
        else
        {
            reply = await Of(walk.Ending, visit, requestId, moment, cancellation);
        }

        if (isCloudFront)
            reply = CloudFrontFace.Through(await Replaced(reply, walk, moment, cancellation), walk, requestId);
        await Send(context, reply, cut);
    }

    private static async Task<Reply> Replaced(Reply reply, Walk walk, AccountMoment moment, CancellationToken cancellation) =>
        await CloudFrontFace.InPlaceOf(reply, walk.Distribution, moment, cancellation) is { } page ? page : reply;

    private static async Task<Reply> Of(Ending ending, Visit visit, string requestId, AccountMoment moment, CancellationToken cancellation) => ending switch
    {
        Ending.CloudFrontRefuses refusal => CloudFrontFace.Refuses(refusal, requestId),
        Ending.BalancerRefuses refusal => BalancerFace.Refuses(refusal.Status),
        Ending.Fixed answer => BalancerFace.Fixed(answer.Answer),
        Ending.Redirected redirected => BalancerFace.Redirected(redirected),
        Ending.Login login => BalancerFace.Login(login.Action, visit),
        Ending.Object wanted => await CloudFrontFace.Object(wanted, moment, cancellation),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Visit Visit(HttpContext context)
    {
        var request = context.Request;
        return new Visit(request.Host.Host, request.Path.Value ?? "/", request.QueryString.Value?.TrimStart('?') ?? "", request.Method, name => request.Headers[name].ToString());
    }

    private static async Task Send(HttpContext context, Reply reply, bool cut)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        response.Headers.Server = reply.Server;
        response.ContentType = reply.ContentType;
        foreach (var (name, value) in reply.Headers)
            response.Headers.Append(name, value);
        response.ContentLength = cut ? reply.Body.Length * 2 : reply.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(reply.Body, context.RequestAborted);
        if (!cut)
            return;
        await response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}
