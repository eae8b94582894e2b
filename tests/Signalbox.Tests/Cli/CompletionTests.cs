using Signalbox.Cli;
using Signalbox.Processes;
using Xunit;

namespace Signalbox.Tests.Cli;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("signalbox doc", "doctor")]
    [InlineData("signalbox completion f", "fish")]
    [InlineData("signalbox doctor --js", "--json")]
    [InlineData("./signalbox sandbox sta", "status")]
    [InlineData("a-name-of-my-own doc", "doctor")]
    public async Task Bash_completes_a_word(string typed, string completed)
    {
        var words = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var script = $$"""
            source <("$1" completion bash)
            COMP_WORDS=("$1" {{string.Join(' ', words[1..])}})
            COMP_CWORD={{words.Length - 1}}
            COMP_LINE='{{typed}}'
            COMP_POINT=${#COMP_LINE}
            _signalbox_complete
            printf '%s\n' "${COMPREPLY[@]}"
            complete -p signalbox
            """;

        var lines = await Bash(script);

        Assert.Equal([completed, "complete -o default -F _signalbox_complete signalbox"], lines);
    }

    [Theory]
    [InlineData("zsh", "#compdef signalbox")]
    [InlineData("fish", "complete --command signalbox")]
    public async Task The_other_shells_get_a_script_that_asks_us(string shell, string words)
    {
        var program = new StartedProgram();

        Assert.Equal(ExitCode.Done, await program.Run("completion", shell));
        Assert.Contains(words, program.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", program.Output, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> Bash(string script)
    {
        var lines = new List<string>();
        var command = new Command("/bin/bash", ["-c", script, "bash", Path.Combine(AppContext.BaseDirectory, "signalbox")])
        {
            Folder = "/",
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PATH"] = "/usr/bin:/bin",
                ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "",
            },
        };
        await new ProcessRunner(TimeProvider.System).Run(
            command,
            line =>
            {
                lock (lines)
                    lines.Add(line.Text);
            },
            TestContext.Current.CancellationToken);
        return lines;
    }
}
