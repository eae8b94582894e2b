using Signalbox.Sandbox.Edge.Walking;

namespace Signalbox.Sandbox.Edge.Tracing;

/// <summary>What a walk's ending is to the visitor who made it.</summary>
internal static class TraceAnswers
{
    public static TraceAnswer Of(Walk walk)
    {
        var answer = Of(walk.Ending);
        var page = walk.Distribution?.Errors.FirstOrDefault(error => error.Code == answer.Status && error.Page.Length > 0);
        return page is null ? answer : answer with { Status = page.Status == 0 ? answer.Status : page.Status, Page = page.Page };
    }

    private static TraceAnswer Of(Ending ending) => ending switch
    {
        Ending.CloudFrontRefuses refusal => new TraceAnswer(refusal.Status, "CloudFront"),
        Ending.BalancerRefuses refusal => new TraceAnswer(refusal.Status, "the load balancer"),
        Ending.Fixed { Answer: var answer } => new TraceAnswer(answer.Status, "the load balancer"),
        Ending.Redirected redirected => new TraceAnswer(redirected.Status, "the load balancer", redirected.Location),
        Ending.Login login => new TraceAnswer(302, "the load balancer", login.Action.AuthorizationEndpoint),
        Ending.Object wanted => new TraceAnswer(wanted.IsReadable ? 200 : 403, $"the bucket {wanted.Bucket}"),
        Ending.Application application => new TraceAnswer(200, $"the stand-in of {application.Service.Name}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
