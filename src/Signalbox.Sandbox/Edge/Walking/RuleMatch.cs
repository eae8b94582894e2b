using System.Net;
using Signalbox.Sandbox.Edge.Account;

namespace Signalbox.Sandbox.Edge.Walking;

/// <summary>Whether a listener's rule is for a request: every condition holds, each by any one of its values.</summary>
internal static class RuleMatch
{
    extension(ListenerRule rule)
    {
        public bool IsFor(Visit visit) => rule.Conditions.All(condition => Holds(condition, visit));
    }

    private static bool Holds(RuleCondition condition, Visit visit) => condition.Field switch
    {
        "host-header" => condition.Values.Any(value => Wildcard.Matches(value, visit.Host, ignoreCase: true)),
        "path-pattern" => condition.Values.Any(value => Wildcard.Matches(value, visit.Path, ignoreCase: false)),
        "http-header" => condition.Values.Any(value => Wildcard.Matches(value, visit.Header(condition.Header), ignoreCase: true)),
        "http-request-method" => condition.Values.Contains(visit.Method, StringComparer.Ordinal),
        "query-string" => condition.Values.Any(value => HasParameter(value, visit.Query)),
        // Visitors of the sandbox have no address that a rule could name; only "everybody" includes them.
        "source-ip" => condition.Values.Any(value => value is "0.0.0.0/0" or "::/0"),
        _ => false,
    };

    private static bool HasParameter(string wanted, string query)
    {
        var (key, value) = wanted.Split('=', 2) is [var named, var text] ? (named, text) : ("*", wanted);
        return query.Split('&', StringSplitOptions.RemoveEmptyEntries).Any(pair =>
        {
            var parts = pair.Split('=', 2);
            return Wildcard.Matches(key, WebUtility.UrlDecode(parts[0]), ignoreCase: true)
                && Wildcard.Matches(value, WebUtility.UrlDecode(parts.ElementAtOrDefault(1) ?? ""), ignoreCase: true);
        });
    }
}
