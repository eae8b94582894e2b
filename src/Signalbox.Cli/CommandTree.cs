using System.CommandLine;

namespace Signalbox.Cli;

/// <summary>Every command of the program in one place; each is a static class in Commands/ with a Create method.</summary>
internal static class CommandTree
{
    public static RootCommand Create(Invocation invocation)
    {
        return new RootCommand("Plan, approve, apply exactly the approved bytes, verify, park.")
        {
            Invocation.Json,
            Commands.SandboxCommand.Create(invocation),
        };
    }
}
