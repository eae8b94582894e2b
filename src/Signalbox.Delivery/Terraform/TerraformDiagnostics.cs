using System.Text.Json;
using System.Text.RegularExpressions;
using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Delivery.Terraform;

/// <summary>Turns what Terraform reports into our diagnostics: same facts, secrets taken out, with what to do next.</summary>
/// <param name="rootFolder">The root module's folder, which Terraform's file names are relative to.</param>
internal sealed partial class TerraformDiagnostics(string repositoryFolder, string rootFolder, Target target, Func<Redactor> redactor)
{
    private const int LongestDetail = 4_000;

    public Diagnostic From(JsonElement reported)
    {
        var hide = redactor();
        var summary = hide.Redact(Text(reported, "summary"));
        var detail = Shortened(hide.Redact(Text(reported, "detail")));
        var address = reported.TryGetProperty("address", out var at) && at.GetString() is { Length: > 0 } given ? $"`{given}`: " : "";
        var (rule, hint) = Judge(Text(reported, "severity"), summary, detail);
        if (rule == TerraformRules.Locked)
            return rule.Without(LockedBy(detail), hint);
        var message = detail.Length == 0 ? $"{address}{summary}" : $"{address}{summary}: {detail}";
        return new Diagnostic(rule, message, hint, Place(reported));
    }

    private (Rule Rule, string? Hint) Judge(string severity, string summary, string detail)
    {
        if (severity == "warning")
            return (TerraformRules.Warned, null);
        if (summary.Contains("acquiring the state lock", StringComparison.Ordinal))
            return (TerraformRules.Locked, "wait until the other run is over; if it is dead, run `terraform force-unlock` with that id in the root module");
        if (summary.Contains("Saved plan is stale", StringComparison.Ordinal))
            return (TerraformRules.PlanIsStale, "plan again, and have the new plan approved");
        if (EndpointDown().IsMatch(detail) || EndpointDown().IsMatch(summary))
        {
            return (TerraformRules.EndpointGone, target == Target.Sandbox
                ? "run `signalbox sandbox status`, then `signalbox sandbox up`, and plan again"
                : "check the network and the credentials, then plan again: part of the change may have been made");
        }

        return (TerraformRules.Refused, null);
    }

    /// <summary>Terraform's lock information is a block of `Name: value` lines inside the detail.</summary>
    private static string LockedBy(string detail)
    {
        var facts = LockFact().Matches(detail).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Trim(), StringComparer.Ordinal);
        return facts.TryGetValue("ID", out var id)
            ? $"another Terraform holds the state lock: {facts.GetValueOrDefault("Who", "somebody")} since {facts.GetValueOrDefault("Created", "an unknown time")}, doing {facts.GetValueOrDefault("Operation", "something")} (lock {id})"
            : $"the state lock could not be taken: {detail}";
    }

    private Location? Place(JsonElement reported)
    {
        if (!reported.TryGetProperty("range", out var range) || Text(range, "filename") is not { Length: > 0 } name)
            return null;
        var file = Path.GetFullPath(Path.Combine(rootFolder, name));
        if (!File.Exists(file) || !range.TryGetProperty("start", out var start))
            return null;
        var source = new SourceText(Path.GetRelativePath(repositoryFolder, file).Replace('\\', '/'), File.ReadAllText(file));
        var from = Offset(source, start);
        var to = range.TryGetProperty("end", out var end) ? Offset(source, end) : from;
        return new Location(source, new Span(from, Math.Max(0, to - from)));
    }

    private static int Offset(SourceText source, JsonElement position)
    {
        var line = position.TryGetProperty("line", out var l) && l.TryGetInt32(out var givenLine) ? givenLine : 1;
        var column = position.TryGetProperty("column", out var c) && c.TryGetInt32(out var givenColumn) ? givenColumn : 1;
        var at = 0;
        for (var passed = 1; passed < line && source.Text.IndexOf('\n', at) is var end and >= 0; passed++)
            at = end + 1;
        return Math.Min(source.Text.Length, at + column - 1);
    }

    private static string Shortened(string detail) =>
        detail.Length <= LongestDetail ? detail : $"{detail[..LongestDetail]}… ({detail.Length - LongestDetail} more characters)";

    private static string Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    [GeneratedRegex(@"connection refused|no such host|connection reset by peer|EOF$|i/o timeout|proxyconnect", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex EndpointDown();

    [GeneratedRegex(@"^\s*(?<name>ID|Path|Operation|Who|Version|Created):\s*(?<value>.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex LockFact();
}
