using System.CommandLine;
using Signalbox.Cli;
using Signalbox.Cli.Help;
using Xunit;

namespace Signalbox.Tests.Cli;

public sealed class HelpTests
{
    public static TheoryData<string> EveryCommand() =>
        [.. Below(CommandTree.Create(new StartedProgram().Invocation())).Select(command => command.FullName()).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task Help_is_as_accepted_fits_a_screen_and_has_three_examples(string command)
    {
        var program = new StartedProgram();
        var words = command.Split(' ')[1..];

        Assert.Equal(ExitCode.Done, await program.Run([.. words, "--help"]));

        Golden.Verify(program.Output, $"help/{string.Join('-', words.Prepend("signalbox"))}.txt");
        var lines = program.Output.TrimEnd('\n').Split('\n');
        Assert.True(lines.Length <= 40, $"{lines.Length} lines");
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
        var examples = lines.SkipWhile(line => line != "Examples:").Skip(1).ToList();
        Assert.Equal(3, examples.Count);
        Assert.All(examples, example => Assert.Contains("signalbox", example, StringComparison.Ordinal));
        Assert.Empty(program.Error);
    }

    [Fact]
    public async Task Without_a_word_the_program_shows_its_help()
    {
        var (bare, asked) = (new StartedProgram(), new StartedProgram());

        Assert.Equal(ExitCode.Done, await bare.Run());
        await asked.Run("-h");

        Assert.Equal(asked.Output, bare.Output);
    }

    [Fact]
    public async Task Help_answers_even_when_the_rest_of_the_line_is_wrong()
    {
        var program = new StartedProgram();

        Assert.Equal(ExitCode.Done, await program.Run("completion", "tcsh", "--help"));
        Assert.StartsWith("Print the script", program.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 10, new[] { "" })]
    [InlineData("one two three", 7, new[] { "one two", "three" })]
    [InlineData("unbreakably long", 4, new[] { "unbreakably", "long" })]
    public void Text_is_broken_between_words(string text, int width, string[] lines) => Assert.Equal(lines, Wrap.Lines(text, width));

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(Below).Prepend(command);
}
