using System.Xml.Linq;
using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Account;

/// <summary>What a listener's rule does with a request.</summary>
internal abstract record RuleAction
{
    private RuleAction() { }

    /// <summary>Sends whoever is not logged in to the identity provider; whoever is goes on to the next action.</summary>
    /// <param name="Unauthenticated">`authenticate`, `allow` or `deny`.</param>
    public sealed record Login(string Issuer, string AuthorizationEndpoint, string ClientId, string Scope, string CookieName, string Unauthenticated) : RuleAction;

    /// <param name="TargetGroups">The one with the greatest weight first.</param>
    public sealed record Forward(ValueList<string> TargetGroups) : RuleAction;

    public sealed record Fixed(int Status, string ContentType, string Body) : RuleAction;

    /// <summary>Parts may hold `#{host}` and the like, which stand for the request's own.</summary>
    public sealed record Redirect(int Status, string Protocol, string Host, string Port, string Path, string Query) : RuleAction;

    /// <summary>An action that the edge does not play, such as Cognito's login.</summary>
    public sealed record Other(string Type) : RuleAction;

    public static RuleAction Of(XElement action)
    {
        var type = action.Text("Type");
        return type switch
        {
            "authenticate-oidc" => OfLogin(Inside(action, "AuthenticateOidcConfig")),
            "forward" => new Forward(TargetGroupsOf(action)),
            "fixed-response" => OfFixed(Inside(action, "FixedResponseConfig")),
            "redirect" => OfRedirect(Inside(action, "RedirectConfig")),
            _ => new Other(type),
        };
    }

    private static Login OfLogin(XElement config) => new(
        config.Text("Issuer"),
        config.Text("AuthorizationEndpoint"),
        config.Text("ClientId"),
        Or(config.Text("Scope"), "openid"),
        Or(config.Text("SessionCookieName"), "AWSELBAuthSessionCookie"),
        Or(config.Text("OnUnauthenticatedRequest"), "authenticate"));

    private static Fixed OfFixed(XElement config) =>
        new(config.Number("StatusCode", otherwise: 503), Or(config.Text("ContentType"), "text/plain"), config.Text("MessageBody"));

    private static Redirect OfRedirect(XElement config) => new(
        config.Text("StatusCode") == "HTTP_301" ? 301 : 302,
        Or(config.Text("Protocol"), "#{protocol}"),
        Or(config.Text("Host"), "#{host}"),
        Or(config.Text("Port"), "#{port}"),
        Or(config.Text("Path"), "/#{path}"),
        Or(config.Text("Query"), "#{query}"));

    private static ValueList<string> TargetGroupsOf(XElement action)
    {
        var weighted = action.List("ForwardConfig", "TargetGroups")
            .OrderByDescending(group => group.Number("Weight", otherwise: 1))
            .Select(group => group.Text("TargetGroupArn"));
        return [.. weighted.Append(action.Text("TargetGroupArn")).Where(arn => arn.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    private static XElement Inside(XElement action, string name) =>
        action.Elements().FirstOrDefault(element => element.Name.LocalName == name) ?? new XElement("none");

    private static string Or(string text, string otherwise) => text.Length == 0 ? otherwise : text;
}
