using System.CommandLine;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox init ENV`: makes a root module ready, when it is not.</summary>
internal static class InitCommand
{
    public static Command Create(Invocation invocation)
    {
        var command = new Command("init", "Run terraform init, if anything it depends on has changed.");
        var choice = new EnvironmentChoice(command, invocation);
        command.SetAction((parsed, cancellation) => Run(parsed, choice, invocation, cancellation));
        return command.WithExamples(
            "signalbox init prod",
            "signalbox init prod --target aws",
            "signalbox init prod --json");
    }

    private static async Task<int> Run(ParseResult parsed, EnvironmentChoice choice, Invocation invocation, CancellationToken cancellation)
    {
        if (!(await choice.Open(parsed, cancellation)).Succeeded(out var session, out var problems))
            return invocation.Refuse(parsed, problems);

        await using var progress = invocation.Terminal.Progress($"initialising {session.Environment.Name}");
        var show = new DeliveryProgress(invocation.Terminal, progress);
        if (!(await session.Terraform.Initialise(show.Show, invocation.Interruption.ForChildren)).Succeeded(out var ran, out problems))
            return invocation.Refuse(parsed, problems);

        if (parsed.GetValue(Invocation.Json))
            invocation.Terminal.Json(writer => { writer.WriteStartObject(); writer.WriteBoolean("initialised", ran); writer.WriteEndObject(); });
        else
            invocation.Terminal.Answer(ran ? $"{session.Environment.Name} is ready" : $"{session.Environment.Name} was ready already");
        return ExitCode.Done;
    }
}
