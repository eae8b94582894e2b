using Signalbox.Processes;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>What git says of the repository that a pipeline is about.</summary>
/// <param name="Branch">Null on a detached head.</param>
/// <param name="BaseCommit">The commit before; empty for the first.</param>
/// <param name="Person">Whom git names as who commits here; empty when it names nobody.</param>
public sealed record GitFacts(string Commit, string BaseCommit, string? Branch, string RemoteUrl, string DefaultBranch, string Subject, string Body, string Author, string Person, bool IsDirty)
{
    /// <summary>Whether the commit asks for no pipeline: a tag within the first 250 characters of its title or its body (guide "Skip jobs and workflows").</summary>
    public bool AsksToSkip => ((string[])[Subject, Body]).Any(text =>
        ((string[])["[ci skip]", "[skip ci]"]).Any(tag => text[..Math.Min(text.Length, 250)].Contains(tag, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Null when the folder is no repository with a commit, or git is missing.</summary>
    public static async Task<GitFacts?> Read(string folder, IReadOnlyDictionary<string, string> variables, ProcessRunner runner, CancellationToken cancellation)
    {
        if (ProgramSearch.Find("git", variables) is not { } git)
            return null;

        // Side by side: each start of git costs some milliseconds.
        var head = Ask("log", "-1", "--format=%H%n%P%n%an%n%s%n%b");
        var remote = Ask("remote", "get-url", "origin");
        var main = Ask("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD");
        var status = Ask("status", "--porcelain=v2", "--branch");
        var person = Ask("config", "user.name");
        await Task.WhenAll(head, remote, main, status, person);
        return await head is [var commit, var parents, var author, var subject, .. var body]
            ? new GitFacts(
                commit,
                parents.Split(' ')[0],
                BranchOf(await status),
                (await remote).FirstOrDefault() ?? "",
                (await main).FirstOrDefault() is { } named ? named[(named.IndexOf('/') + 1)..] : "main",
                subject,
                string.Join('\n', body),
                author,
                (await person).FirstOrDefault() ?? "",
                (await status).Exists(line => !line.StartsWith('#')))
            : null;

        Task<List<string>> Ask(params string[] arguments) => Task.Run(() => GitFacts.Ask(git, folder, variables, runner, cancellation, arguments), cancellation);
    }

    private static string? BranchOf(List<string> status)
    {
        const string head = "# branch.head ";
        return status.Find(line => line.StartsWith(head, StringComparison.Ordinal))?[head.Length..] is { } name and not "(detached)" ? name : null;
    }

    /// <summary>The commit that a name means, and a file's text in it; null when there is no such name or file.</summary>
    public static async Task<(string Commit, string Text)?> At(
        string name, string file, string folder, IReadOnlyDictionary<string, string> variables, ProcessRunner runner, CancellationToken cancellation)
    {
        if (ProgramSearch.Find("git", variables) is not { } git
            || await Ask(git, folder, variables, runner, cancellation, "rev-parse", "--verify", "--quiet", $"{name}^{{commit}}") is not [var commit, ..]
            || await Ask(git, folder, variables, runner, cancellation, "show", $"{commit}:{file}") is not { Count: > 0 } lines)
        {
            return null;
        }

        return (commit, string.Join('\n', lines) + "\n");
    }

    private static async Task<List<string>> Ask(
        string git, string folder, IReadOnlyDictionary<string, string> variables, ProcessRunner runner, CancellationToken cancellation, params string[] arguments)
    {
        var lines = new List<string>();
        var exit = await runner.Run(
            new Command(git, [.. arguments]) { Folder = folder, Environment = variables },
            line =>
            {
                if (line.Source == Output.Standard)
                    lines.Add(line.Text);
            },
            cancellation);
        return exit.Code == 0 ? lines : [];
    }
}
