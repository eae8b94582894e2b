namespace Signalbox.Tests.Delivery.Verification;

/// <summary>Endpoints with one mistake each; what is said of them is kept in Golden/.</summary>
internal static class BadEndpoints
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["url-missing"] = Portal("live: { status: 200 }", url: null),
        ["url-relative"] = Portal("live: {}", url: "/healthcheck"),
        ["url-with-credentials"] = Portal("live: {}", url: "https://ada:secret@portal.example.org/"),
        ["url-of-another-kind"] = Portal("live: {}", url: "ftp://portal.example.org/"),
        ["name-with-spaces"] = "version: 1\nenvironments:\n  prod:\n    root: infra/envs/prod\n    endpoints:\n      the portal: { url: 'https://portal.example.org/' }\n",
        ["endpoints-is-a-list"] = "version: 1\nenvironments:\n  prod:\n    root: infra/envs/prod\n    endpoints:\n      - portal\n",
        ["unknown-key"] = Portal("expct: { status: 200 }"),
        ["unknown-key-of-expectation"] = Portal("live: { satus: 200 }"),
        ["unknown-edge"] = Portal("through: cloudfrnt"),
        ["unknown-edge-far"] = Portal("through: fastly"),
        ["status-in-words"] = Portal("live: { status: OK }"),
        ["status-too-high"] = Portal("parked: { status: 999 }"),
        ["redirect-of-another-status"] = Portal("live: { status: 200, redirects_to: 'https://login.example.com/' }"),
        ["redirect-with-query"] = Portal("live: { redirects_to: 'https://login.example.com/?state=1' }"),
        ["body-no-pattern"] = Portal("live: { body: 'parked (' }"),
        ["body-looks-around"] = Portal("live: { body: 'a(?=b)' }"),
        ["header-name"] = Portal("live: { headers: { content type: html } }"),
        ["tls-in-words"] = Portal("tls: { valid_for: a fortnight }"),
        ["service-without-path"] = Portal("service: { status: 200 }"),
        ["service-on-another-host"] = Portal("service: { path: //evil.example/ }"),
        ["follow-too-many"] = Portal("follow_redirects: 99"),
        ["resource-of-unknown-hop"] = Portal("resources: { servce: module.portal }"),
        ["resource-no-address"] = Portal("resources: { service: the portal }"),
        ["verification-durations"] = Verification("{ deadline: soon, probe_limit: 1h, interval: 11s }"),
        ["verification-counts"] = Verification("{ successes: 0, failures: many, at_once: 5000 }"),
    };

    private static string Portal(string more, string? url = "https://portal.example.org/") =>
        $"version: 1\nenvironments:\n  prod:\n    root: infra/envs/prod\n    endpoints:\n      portal:\n{(url is null ? "" : $"        url: {url}\n")}        {more}\n";

    private static string Verification(string settings) =>
        $"version: 1\nenvironments:\n  prod:\n    root: infra/envs/prod\n    verification: {settings}\n";
}
