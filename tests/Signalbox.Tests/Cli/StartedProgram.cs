using System.CommandLine;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Signalbox.Cli;
using Signalbox.Cli.Signals;

namespace Signalbox.Tests.Cli;

/// <summary>The program, started inside the test with its streams in memory.</summary>
internal sealed class StartedProgram
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public string Folder { get; init; } = "/";

    public Dictionary<string, string> Variables { get; init; } = new(StringComparer.Ordinal);

    public TimeProvider Clock { get; init; } = new FakeTimeProvider();

    public Interruption Interruption { get; init; } = Interruption.Never;

    public Command? Extra { get; init; }

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public async Task<int> Run(params string[] arguments) => await Program.Run(arguments, Invocation(), Commands);

    public Invocation Invocation() =>
        new(new Terminal(new StringWriter(_output), new StringWriter(_error), isInteractive: false, usesColour: false) { Clock = Clock }, Folder, Variables, Clock)
        {
            Interruption = Interruption,
        };

    private RootCommand Commands(Invocation invocation)
    {
        var root = CommandTree.Create(invocation);
        if (Extra is not null)
            root.Add(Extra);
        return root;
    }
}
