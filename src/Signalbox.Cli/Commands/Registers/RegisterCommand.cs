using System.CommandLine;
using Signalbox.Cli.Help;

namespace Signalbox.Cli.Commands.Registers;

/// <summary>`signalbox register`: the book of everything delivered.</summary>
internal static class RegisterCommand
{
    public static Command Create(Invocation invocation)
    {
        var command = new Command("register", "Read and check the book of everything that was delivered.")
        {
            RegisterShow.Create(invocation),
            RegisterVerify.Create(invocation),
            RegisterExport.Create(invocation),
            RegisterAnchor.Create(invocation),
        };
        return command.WithExamples(
            "signalbox register show",
            "signalbox register verify",
            "signalbox register export --env prod > register.ndjson");
    }
}
