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
    [InlineData("signalbox doc", "doctor")]
    [InlineData("signalbox completion f", "fish")]
    [InlineData("signalbox doctor --js", "--json")]
    public async Task Fish_completes_a_word(string typed, string completed)
    {
        var lines = await Shell("fish", "source ($argv[1] completion fish | psub); set PATH (dirname $argv[1]) $PATH; complete --do-complete $argv[2]", typed);

        Assert.Contains(completed, lines);
    }

    /// <summary>Completion functions run inside zsh's line editor only, so the words and `compadd` are given here.</summary>
    [Theory]
    [InlineData("signalbox doc", "doctor")]
    [InlineData("signalbox completion f", "fish")]
    [InlineData("signalbox doctor --js", "--json")]
    public async Task Zsh_completes_a_word(string typed, string completed)
    {
        const string Script = """
            compdef() { :; }
            compadd() { print -l -- "${(@P)2}"; }
            source <($1 completion zsh)
            words=("$1" ${(z)2#signalbox })
            CURRENT=${#words}
            _signalbox
            """;

        Assert.Equal([completed], await Shell("zsh", Script, typed));
    }

    private static async Task<IReadOnlyList<string>> Shell(string shell, string script, string typed)
    {
        var program = ProgramSearch.Find(shell, new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin:/usr/local/bin:/opt/homebrew/bin" });
        if (program is null)
            Assert.Skip($"{shell} is not on this machine");
        string[] zero = shell == "zsh" ? ["zsh"] : [];
        return await Run(program, ["-c", script, .. zero, Path.Combine(AppContext.BaseDirectory, "signalbox"), typed]);
    }

    private static Task<IReadOnlyList<string>> Bash(string script) =>
        Run("/bin/bash", ["-c", script, "bash", Path.Combine(AppContext.BaseDirectory, "signalbox")]);

    private static async Task<IReadOnlyList<string>> Run(string program, string[] arguments)
    {
        var lines = new List<string>();
        var home = Directory.CreateTempSubdirectory("signalbox-completion-"); // fish keeps its history in the home folder
        var command = new Command(program, [.. arguments])
        {
            Folder = "/",
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PATH"] = "/usr/bin:/bin",
                ["HOME"] = home.FullName,
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
        home.Delete(recursive: true);
        return lines;
    }
}
