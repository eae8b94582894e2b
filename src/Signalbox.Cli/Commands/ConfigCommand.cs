using System.CommandLine;
using Signalbox.Cli.Help;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox config`: looking at a CircleCI config without running it.</summary>
internal static class ConfigCommand
{
    public static Command Create(Invocation invocation) =>
        new Command("config", "Check, compile and draw a CircleCI config, without any network.")
        {
            ConfigValidateCommand.Create(invocation),
            ConfigProcessCommand.Create(invocation),
            ConfigGraphCommand.Create(invocation),
        }.WithExamples(
            "signalbox config validate",
            "signalbox config process --param deploy=true",
            "signalbox config graph --format svg > pipeline.svg");
}
