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
    private const string Pipelines = "The pipeline";
    private const string ThisMachine = "This machine";

    public static RootCommand Create(Invocation invocation)
    {
        var terminal = invocation.Terminal;
        var root = new RootCommand("Plan a change, have it approved, and apply exactly the approved bytes.")
        {
            InitCommand.Create(invocation).Under(Delivering),
            PlanCommand.Create(invocation).Under(Delivering),
            SignCommand.Create(invocation).Under(Delivering),
            ApplyCommand.Create(invocation).Under(Delivering),
            RecoverCommand.Create(invocation).Under(Delivering),
            VerifyCommand.Create(invocation).Under(Delivering),
            RegisterCommand.Create(invocation).Under(Delivering),
            ParkCommand.Create(invocation, ParkState.Parked).Under(Parking, together: "Switch off what costs by the hour, or bring it back unchanged"),
            ParkCommand.Create(invocation, ParkState.Unparked).Under(Parking, together: "Switch off what costs by the hour, or bring it back unchanged"),
            StatusCommand.Create(invocation).Under(Parking, together: "Say whether an environment is parked, and what that saved"),
            SavingsCommand.Create(invocation).Under(Parking, together: "Say whether an environment is parked, and what that saved"),
            KeepAwakeCommand.Create(invocation).Under(Parking),
            ImageCommand.Create(invocation).Under(Delivering),
            ConfigCommand.Create(invocation).Under(Pipelines),
            CacheCommand.Create(invocation).Under(Pipelines),
            InJobCommand.Create(invocation),
            RunCommand.Create(invocation).Under(Pipelines),
            RunsCommand.Create(invocation).Under(Pipelines, together: "List the runs, or look at one"),
            ShowCommand.Create(invocation).Under(Pipelines, together: "List the runs, or look at one"),
            LogsCommand.Create(invocation).Under(Pipelines, together: "List the runs, or look at one"),
            DecideCommand.CreateApprove(invocation).Under(Pipelines, together: "Say yes or no to a job that waits for a person"),
            DecideCommand.CreateReject(invocation).Under(Pipelines, together: "Say yes or no to a job that waits for a person"),
            CancelCommand.Create(invocation).Under(Pipelines, together: "Move a run"),
            ResumeCommand.Create(invocation).Under(Pipelines, together: "Move a run"),
            RerunCommand.Create(invocation).Under(Pipelines, together: "Move a run"),
            ServeCommand.Create(invocation).Under(Pipelines),
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
