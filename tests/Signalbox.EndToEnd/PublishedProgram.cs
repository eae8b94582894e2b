using Signalbox.Processes;
using Xunit;

namespace Signalbox.EndToEnd;

/// <summary>How one start of the program ended.</summary>
public sealed record Ending(int Code, string Answer, string Conversation)
{
    /// <summary>Both streams, for what must stand in neither or may stand in either.</summary>
    public string All => Answer + Conversation;

    /// <summary>Fails the test, with all that was said, unless it ended with this code.</summary>
    public static Ending Must(Ending ending, int code = 0)
    {
        Assert.True(ending.Code == code, ending.ToString());
        return ending;
    }

    public override string ToString() => $"exit {Code}\n--- stdout\n{Answer}--- stderr\n{Conversation}";
}

/// <summary>The native binary that was published for this run; `SIGNALBOX_PROGRAM` names it.</summary>
public static class PublishedProgram
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("SIGNALBOX_PROGRAM") is { Length: > 0 } named
        ? named
        : System.IO.Path.Combine(Repository, "artifacts", "publish", "Signalbox.Cli", "release", "signalbox");

    /// <summary>The checkout that these tests were built from.</summary>
    public static string Repository
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(System.IO.Path.Combine(folder, "Signalbox.slnx")))
                folder = System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not lie in the repository");
            return folder;
        }
    }

    /// <summary>Runs the program as a script would: no terminal, this process's environment, and what the test adds.</summary>
    public static Task<Ending> Run(string folder, string[] arguments, params (string Name, string? Value)[] variables) =>
        RunOther(Path, folder, arguments, CancellationToken.None, variables);

    public static async Task<Ending> RunOther(
        string program, string folder, string[] arguments, CancellationToken interrupt, params (string Name, string? Value)[] variables)
    {
        var (answer, conversation) = (new StringWriter(), new StringWriter());
        var command = new Command(program, [.. arguments]) { Folder = folder, Environment = Variables(variables), Grace = TimeSpan.FromMinutes(2) };
        var exit = await new ProcessRunner(TimeProvider.System).Run(
            command,
            line => (line.Source == Output.Standard ? answer : conversation).WriteLine(line.Text),
            interrupt);
        return new Ending(exit.Code, answer.ToString(), conversation.ToString());
    }

    /// <summary>The files below a folder that hold a text, relative to it.</summary>
    public static async Task<IReadOnlyList<string>> FilesHolding(string text, string folder)
    {
        var found = await RunOther("/bin/grep", folder, ["-rlF", text, "."], CancellationToken.None);
        return [.. found.Answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(file => file["./".Length..])];
    }

    public static IReadOnlyDictionary<string, string> Variables(params (string Name, string? Value)[] changes)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        foreach (var gone in variables.Keys.Where(name => name.StartsWith("SIGNALBOX_", StringComparison.Ordinal)).ToArray())
            variables.Remove(gone);
        foreach (var (name, value) in changes)
        {
            if (value is null)
                variables.Remove(name);
            else
                variables[name] = value;
        }

        return variables;
    }
}
