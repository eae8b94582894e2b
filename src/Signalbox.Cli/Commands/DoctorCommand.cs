using System.CommandLine;
using System.Text.Json;
using Signalbox.Cli.Help;
using Signalbox.Cli.Tools;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox doctor`: which of the tools we call are here, and what each is needed for.</summary>
internal static class DoctorCommand
{
    public static Command Create(Invocation invocation)
    {
        var command = new Command("doctor", "Say which tools are here, what each is needed for and how to get the rest.");
        command.SetAction((parsed, cancellation) => Run(parsed, invocation, cancellation));
        return command.WithExamples(
            "signalbox doctor",
            "signalbox doctor --json",
            "signalbox doctor && signalbox sandbox up");
    }

    private static async Task<int> Run(ParseResult parsed, Invocation invocation, CancellationToken cancellation)
    {
        var terminal = invocation.Terminal;
        IReadOnlyList<ToolState> states;
        await using (terminal.Progress("asking each tool for its version"))
            states = await new ToolProbe(invocation).Look(ToolTable.All, cancellation);

        if (parsed.GetValue(Invocation.Json))
            terminal.Json(writer => Write(writer, states));
        else
            Show(terminal, states);
        terminal.Report(states.Where(state => state.StopsUs).Select(ToolRules.Explain));
        return states.Any(state => state.StopsUs) ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Show(Terminal terminal, IReadOnlyList<ToolState> states)
    {
        var widest = states.Max(state => state.Tool.Name.Length);
        foreach (var state in states)
        {
            var colour = state.Serves ? Colour.Green : state.StopsUs ? Colour.Red : Colour.Yellow;
            var word = terminal.Paint(colour, state.Word.PadRight(16));
            terminal.Answer($"{state.Tool.Name.PadRight(widest)}  {state.Version?.ToString() ?? "-",-10}  {word}  {state.Tool.Purpose}");
            if (!state.Serves)
                terminal.Answer($"{new string(' ', widest)}  {state.Tool.Advice}");
        }
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<ToolState> states)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ready", !states.Any(state => state.StopsUs));
        writer.WriteStartArray("tools");
        foreach (var state in states)
        {
            writer.WriteStartObject();
            writer.WriteString("name", state.Tool.Name);
            writer.WriteString("version", state.Version?.ToString());
            writer.WriteString("state", state.Word);
            writer.WriteBoolean("serves", state.Serves);
            writer.WriteString("need", state.Tool.Need.ToString().ToLowerInvariant());
            writer.WriteString("purpose", state.Tool.Purpose);
            writer.WriteString("advice", state.Tool.Advice);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
