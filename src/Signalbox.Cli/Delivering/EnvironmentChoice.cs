using System.CommandLine;
using Signalbox.Delivery.Environments;

namespace Signalbox.Cli.Delivering;

/// <summary>The words that every command on an environment takes: which one, and where it lives.</summary>
internal sealed class EnvironmentChoice
{
    private readonly Invocation _invocation;

    public EnvironmentChoice(Command command, Invocation invocation)
    {
        (_invocation, Target) = (invocation, TargetOption(invocation));
        command.Add(Name);
        command.Add(Target);
    }

    public Argument<string> Name { get; } = new("environment") { Description = "An environment that signalbox.yml declares, such as prod" };

    public Option<string> Target { get; }

    public Task<Signalbox.Diagnostics.Outcome<DeliverySession>> Open(ParseResult parsed, CancellationToken cancellation) =>
        DeliverySession.Open(_invocation, parsed.GetRequiredValue(Name), TargetOf(parsed), cancellation);

    public Target TargetOf(ParseResult parsed) => TargetWords.Parse(parsed.GetValue(Target) ?? "") ?? Signalbox.Delivery.Environments.Target.Sandbox;

    /// <summary>`--target`, the same on every command that takes it.</summary>
    public static Option<string> TargetOption(Invocation invocation)
    {
        var target = new Option<string>("--target") { Description = "Where it lives: `sandbox`, the default, or `aws`", HelpName = "target" };
        target.AcceptOnlyFromAmong("sandbox", "aws");
        target.DefaultValueFactory = _ => invocation.Variables.GetValueOrDefault("SIGNALBOX_TARGET") is { Length: > 0 } word ? word : "sandbox";
        target.Validators.Add(result =>
        {
            if (TargetWords.Parse(result.GetValueOrDefault<string>() ?? "") is null)
                result.AddError("`SIGNALBOX_TARGET` must be `sandbox` or `aws`");
        });
        return target;
    }
}
