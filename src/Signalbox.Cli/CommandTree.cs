using System.CommandLine;
using System.CommandLine.Help;
using Signalbox.Cli.Commands;
using Signalbox.Cli.Commands.Registers;
using Signalbox.Cli.Help;
using Signalbox.Cli.Images;
using Signalbox.Delivery.Parking;

namespace Signalbox.Cli;

/// <summary>Every command of the program in one place; each is a static class in Commands/ with a Create method.</summary>
internal static class CommandTree
{
    private const string Delivering = "Delivering an environment";
    private const string Parking = "Parking an environment";
    private const string Running = "What runs";
    private const string Pipelines = "The pipeline";
    private const string ThisMachine = "This machine";

    public static RootCommand Create(Invocation invocation)
    {
        var terminal = invocation.Terminal;
        var root = new RootCommand("Plan a change, have it approved, and apply exactly the approved bytes.")
        {
            InitCommand.Create(invocation).Under(Delivering),
            PlanCommand.Create(invocation).Under(Delivering),
            ApplyCommand.Create(invocation).Under(Delivering),
            VerifyCommand.Create(invocation).Under(Delivering),
            RegisterCommand.Create(invocation).Under(Delivering),
            ParkCommand.Create(invocation, ParkState.Parked).Under(Parking),
            ParkCommand.Create(invocation, ParkState.Unparked).Under(Parking),
            StatusCommand.Create(invocation).Under(Parking),
            SavingsCommand.Create(invocation).Under(Parking),
            KeepAwakeCommand.Create(invocation).Under(Parking),
            ImageCommand.Create(invocation).Under(Running),
            ConfigCommand.Create(invocation).Under(Pipelines),
            CacheCommand.Create(invocation).Under(Pipelines),
            InJobCommand.Create(invocation),
            SandboxCommand.Create(invocation).Under(ThisMachine),
            DoctorCommand.Create(invocation).Under(ThisMachine),
            CompletionCommand.Create(invocation).Under(ThisMachine),
        };
        root.WithExamples(
            "signalbox sandbox up",
            "signalbox plan prod",
            "signalbox apply prod --approved-by ada");

        var help = new HelpPageAction(terminal);
        root.SetAction(help.Invoke); // nothing asked: say what can be; not `help` itself, which forgives typing errors
        root.Options.Clear();
        root.Add(new HelpOption("--help", "-h") { Description = "Show this help", Action = help });
        root.Add(Invocation.Json);
        root.Add(Answering(terminal, "--version", "Show the version", () => Release.Version));
        root.Add(Answering(terminal, "--changelog", "Show what changed from version to version", Release.Changelog));
        return root;
    }

    private static Option<bool> Answering(Terminal terminal, string name, string description, Func<string> text) =>
        new(name) { Description = description, Action = new AnswerAction(terminal, text), Arity = ArgumentArity.Zero };
}
