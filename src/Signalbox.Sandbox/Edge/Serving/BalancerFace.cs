using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Signalbox.Sandbox.Edge.Account;
using Signalbox.Sandbox.Edge.Walking;

namespace Signalbox.Sandbox.Edge.Serving;

/// <summary>What an application load balancer says by itself.</summary>
internal static class BalancerFace
{
    private const string Server = "awselb/2.0";

    public static Reply Refuses(int status)
    {
        var title = $"{status} {ReasonOf(status)}";
        return Reply.Of(status, Server, "text/html", $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n");
    }

    public static Reply Fixed(RuleAction.Fixed answer) => Reply.Of(answer.Status, Server, answer.ContentType, answer.Body);

    public static Reply Redirected(Ending.Redirected redirected) => Reply.Of(redirected.Status, Server, "text/html", "", ("Location", redirected.Location));

    /// <summary>To the identity provider's authorization endpoint, with what OpenID Connect asks for.</summary>
    public static Reply Login(RuleAction.Login login, Visit visit)
    {
        var query = string.Join('&', new[]
        {
            ("client_id", login.ClientId),
            ("redirect_uri", $"https://{visit.Host}/oauth2/idpresponse"),
            ("response_type", "code"),
            ("scope", login.Scope),
            ("state", WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(48))),
        }.Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));
        var joint = login.AuthorizationEndpoint.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return Reply.Of(
            302,
            Server,
            "text/html",
            "",
            ("Location", $"{login.AuthorizationEndpoint}{joint}{query}"),
            ("Set-Cookie", $"AWSALBAuthNonce={WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(12))}; Path=/; Secure; HttpOnly; SameSite=None"));
    }

    private static string ReasonOf(int status) => status switch
    {
        503 => "Service Temporarily Unavailable",
        504 => "Gateway Time-out",
        401 => "Authorization Required",
        _ => ReasonPhrases.GetReasonPhrase(status),
    };
}
