using System.CommandLine;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Verification;

namespace Signalbox.Cli.Delivering;

/// <summary>The options that override `verification` of signalbox.yml.</summary>
internal sealed class VerificationPatience
{
    private readonly Option<string?> _deadline = Time("--deadline", "When everything must be settled, such as `2m`");
    private readonly Option<string?> _probeLimit = Time("--probe-limit", "How long one probe may take, such as `10s`");
    private readonly Option<string?> _interval = Time("--interval", "The first wait between probes, such as `500ms`; it doubles");
    private readonly Option<int?> _successes = Count("--successes", "Probes in a row that must be as expected");
    private readonly Option<int?> _failures = Count("--failures", "Probes in a row that make an endpoint broken");

    public VerificationPatience(Command command)
    {
        command.Add(_deadline);
        command.Add(_probeLimit);
        command.Add(_interval);
        command.Add(_successes);
        command.Add(_failures);
    }

    public VerificationSettings Of(ParseResult parsed, VerificationSettings declared) => declared with
    {
        Deadline = Given(parsed, _deadline) ?? declared.Deadline,
        ProbeLimit = Given(parsed, _probeLimit) ?? declared.ProbeLimit,
        Interval = Given(parsed, _interval) ?? declared.Interval,
        Successes = parsed.GetValue(_successes) ?? declared.Successes,
        Failures = parsed.GetValue(_failures) ?? declared.Failures,
    };

    private static TimeSpan? Given(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text ? ShortDuration.Parse(text) : null;

    private static Option<string?> Time(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "time" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && ShortDuration.Parse(text) is not { Ticks: > 0 })
                result.AddError($"{name} takes a whole number and `ms`, `s` or `m`, as in `30s`");
        });
        return option;
    }

    private static Option<int?> Count(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "count" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is <= 0 or > 100)
                result.AddError($"{name} takes a number from 1 to 100");
        });
        return option;
    }
}
