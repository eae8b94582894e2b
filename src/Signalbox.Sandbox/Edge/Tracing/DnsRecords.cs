using Signalbox.Sandbox.Edge.Account;

namespace Signalbox.Sandbox.Edge.Tracing;

/// <summary>Where the account's own zones lead a name.</summary>
internal static class DnsRecords
{
    private const string Global = "us-east-1";

    public static async Task<DnsFinding> Find(AccountCalls calls, string host, CancellationToken cancellation)
    {
        var zones = await calls.Rest("route53", Global, "/2013-04-01/hostedzone", cancellation);
        var zone = zones.List("HostedZones")
            .Where(one => one.Text("Config", "PrivateZone") != "true" && IsIn(host, one.Text("Name").TrimEnd('.')))
            .MaxBy(one => one.Text("Name").Length);
        if (zone is null)
            return new DnsFinding.NoZone();

        var records = await calls.Rest("route53", Global, $"/2013-04-01/hostedzone/{zone.Text("Id").Split('/')[^1]}/rrset", cancellation);
        var record = records.List("ResourceRecordSets").FirstOrDefault(one =>
            one.Text("Type") is "A" or "AAAA" or "CNAME" && string.Equals(one.Text("Name").TrimEnd('.'), host, StringComparison.OrdinalIgnoreCase));
        if (record is null)
            return new DnsFinding.NoRecord(zone.Text("Name").TrimEnd('.'));
        var value = record.Text("AliasTarget", "DNSName") is { Length: > 0 } alias
            ? alias
            : record.List("ResourceRecords").Select(one => one.Text("Value")).FirstOrDefault("");
        return new DnsFinding.LeadsTo(value.TrimEnd('.'));
    }

    private static bool IsIn(string host, string zone) =>
        string.Equals(host, zone, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{zone}", StringComparison.OrdinalIgnoreCase);
}

internal abstract record DnsFinding
{
    private DnsFinding() { }

    /// <summary>The name is kept elsewhere, so the account does not decide where it leads.</summary>
    public sealed record NoZone : DnsFinding;

    public sealed record NoRecord(string Zone) : DnsFinding;

    public sealed record LeadsTo(string Name) : DnsFinding;
}
