using System.CommandLine;
using System.Globalization;
using Signalbox.Delivery.Register;

namespace Signalbox.Cli.Commands.Registers;

/// <summary>Which entries are asked for.</summary>
internal sealed class EntryFilter
{
    private readonly TimeProvider _clock;
    private readonly Option<string?> _kind = new("--kind") { Description = "Entries of this kind only, such as `applied`", HelpName = "kind" };
    private readonly Option<string?> _since = new("--since") { Description = "Entries since a time ago or a date: `24h`, `7d`, `2026-03-01`", HelpName = "time" };
    private readonly Option<string?> _plan = new("--plan") { Description = "Entries about this plan only; its digest's first digits do", HelpName = "digest" };

    public EntryFilter(Command command, Invocation invocation)
    {
        _clock = invocation.Clock;
        _kind.AcceptOnlyFromAmong([.. EntryKinds.All.Select(kind => kind.Word())]);
        _since.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Since(text) is null)
                result.AddError("--since takes a time ago, as in 24h or 7d, or a date, as in 2026-03-01 or 2026-03-01T09:00:00Z");
        });
        _plan.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && (text.Length is < 4 or > 64 || !text.All(char.IsAsciiHexDigit)))
                result.AddError("--plan takes 4 to 64 hexadecimal digits");
        });
        command.Add(_kind);
        command.Add(_since);
        command.Add(_plan);
    }

    /// <summary>Null when everything is asked for.</summary>
    public Func<RegisterEntry, bool>? Of(ParseResult parsed, string? environment)
    {
        var kind = parsed.GetValue(_kind) is { } word ? EntryKinds.Parse(word) : null;
        var since = parsed.GetValue(_since) is { } text ? Since(text) : null;
        var plan = parsed.GetValue(_plan)?.ToLowerInvariant();
        if (environment is null && kind is null && since is null && plan is null)
            return null;
        return entry =>
            (environment is null || entry.Note.Environment == environment)
            && (kind is null || entry.Note.Kind == kind)
            && (since is null || entry.At >= since)
            && (plan is null || entry.Note.Plan?.Hex.StartsWith(plan, StringComparison.Ordinal) is true);
    }

    private DateTimeOffset? Since(string text)
    {
        if (text.Length is >= 2 and <= 6 && int.TryParse(text[..^1], out var count) && count >= 0)
        {
            TimeSpan? ago = text[^1] switch { 'm' => TimeSpan.FromMinutes(count), 'h' => TimeSpan.FromHours(count), 'd' => TimeSpan.FromDays(count), _ => null };
            return ago is null ? null : _clock.GetUtcNow() - ago;
        }

        string[] formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"];
        return DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
    }
}
