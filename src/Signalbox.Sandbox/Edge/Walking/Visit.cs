namespace Signalbox.Sandbox.Edge.Walking;

/// <summary>A request as the rules of load balancers see it.</summary>
/// <param name="Host">Without a port.</param>
/// <param name="Query">Without the question mark; empty when there is none.</param>
/// <param name="Header">The value of a header by its name, empty when absent.</param>
internal sealed record Visit(string Host, string Path, string Query, string Method, Func<string, string> Header)
{
    public static Visit To(Uri url) => new(url.Host, url.AbsolutePath, url.Query.TrimStart('?'), "GET", _ => "");
}
