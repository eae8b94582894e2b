using Signalbox.Cli;
using Signalbox.Cli.Tools;
using Xunit;

namespace Signalbox.Tests.Cli;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("TERM=xterm", true, true)]
    [InlineData("TERM=xterm", false, false)]
    [InlineData("TERM=dumb", true, false)]
    [InlineData("", true, false)]
    [InlineData("TERM=xterm NO_COLOR=1", true, false)]
    [InlineData("TERM=xterm NO_COLOR=", true, true)]
    [InlineData("CLICOLOR_FORCE=1", false, true)]
    [InlineData("CLICOLOR_FORCE=0", false, false)]
    [InlineData("CLICOLOR_FORCE=1 NO_COLOR=1", true, false)]
    public void Colour_follows_the_usual_variables_and_the_terminal(string variables, bool isTerminal, bool usesColour)
    {
        var given = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

        Assert.Equal(usesColour, TerminalTraits.Of(given, isTerminal, isTerminal, isTerminal).UsesColour);
    }

    [Fact]
    public void A_saved_answer_has_no_colour_in_either_stream()
    {
        var traits = TerminalTraits.Of(Xterm, inputIsTerminal: true, outputIsTerminal: false, errorIsTerminal: true);

        Assert.Equal(new TerminalTraits(IsInteractive: true, UsesColour: false, Redraws: true), traits);
    }

    [Fact]
    public void A_refusal_is_read_by_people_and_under_json_by_programs()
    {
        var program = new StartedProgram();
        var invocation = program.Invocation();
        var parsed = CommandTree.Create(invocation).Parse(["doctor", "--json"]);

        var code = invocation.Refuse(parsed, [ToolRules.Missing.Without("`terraform` is missing", "install it")]);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal("error[SB4101]: `terraform` is missing\nhint: install it\n", program.Error);
        Golden.Verify(program.Output, "refusal.json");
    }

    [Fact]
    public void Without_json_a_refusal_leaves_standard_output_empty()
    {
        var program = new StartedProgram();
        var invocation = program.Invocation();

        invocation.Refuse(CommandTree.Create(invocation).Parse(["doctor"]), [ToolRules.Missing.Without("`terraform` is missing")]);

        Assert.Empty(program.Output);
    }

    [Fact]
    public void A_stream_of_json_is_one_line_a_piece()
    {
        var program = new StartedProgram();

        program.Invocation().Terminal.JsonLine(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("it", "<é>");
            writer.WriteEndObject();
        });

        Assert.Equal("{\"it\":\"<é>\"}\n", program.Output);
    }

    [Theory]
    [InlineData(0.9, "0s")]
    [InlineData(59.9, "59s")]
    [InlineData(125, "2m05s")]
    [InlineData(3600, "1h00m")]
    public void Durations_are_short(double seconds, string words) => Assert.Equal(words, Duration.Words(TimeSpan.FromSeconds(seconds)));

    private static Dictionary<string, string> Xterm => new(StringComparer.Ordinal) { ["TERM"] = "xterm" };
}
