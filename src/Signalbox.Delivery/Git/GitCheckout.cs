using System.ComponentModel;
using Signalbox.Delivery.Plans;
using Signalbox.Processes;

namespace Signalbox.Delivery.Git;

/// <summary>Asks git about the working copy.</summary>
public static class GitCheckout
{
    /// <summary>Without git, or outside a repository, there is no commit and everything is uncommitted.</summary>
    public static async Task<Checkout> Read(string folder, IReadOnlyDictionary<string, string> variables, ProcessRunner runner, CancellationToken cancellation)
    {
        var asked = Ask(["status", "--porcelain=v2", "--branch", "--untracked-files=normal"], folder, variables, runner, cancellation);
        var identity = await Ask(["config", "--get-regexp", "^user\\.(name|email)$"], folder, variables, runner, cancellation);
        var status = await asked;
        var commit = Value(status, "# branch.oid ");
        var isDirty = status.Count == 0 || status.Any(line => !line.StartsWith('#'));
        return new Checkout(commit is null or "(initial)" ? null : commit, isDirty, Author(identity, variables));
    }

    /// <summary>With what key, and as whom, git would sign; null for what it was not told.</summary>
    public static async Task<(string? Key, string? Email)> Signer(string folder, IReadOnlyDictionary<string, string> variables, ProcessRunner runner, CancellationToken cancellation)
    {
        var identity = await Ask(["config", "--get-regexp", "^user\\.(signingkey|email)$"], folder, variables, runner, cancellation);
        return (Value(identity, "user.signingkey "), Value(identity, "user.email "));
    }

    private static string Author(IReadOnlyList<string> identity, IReadOnlyDictionary<string, string> variables)
    {
        var (name, email) = (Value(identity, "user.name "), Value(identity, "user.email "));
        return (name, email) switch
        {
            (not null, not null) => $"{name} <{email}>",
            (null, null) => variables.GetValueOrDefault("CIRCLE_USERNAME") ?? variables.GetValueOrDefault("USER") ?? Environment.UserName,
            _ => name ?? email!,
        };
    }

    /// <summary>The last one: git prints everybody's settings first and the repository's own, which count more, after them.</summary>
    private static string? Value(IReadOnlyList<string> lines, string prefix) =>
        lines.LastOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];

    private static async Task<IReadOnlyList<string>> Ask(
        string[] arguments, string folder, IReadOnlyDictionary<string, string> variables, ProcessRunner runner, CancellationToken cancellation)
    {
        if (ProgramSearch.Find("git", variables) is not { } git)
            return [];
        var lines = new List<string>();
        try
        {
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
        catch (Win32Exception)
        {
            return [];
        }
    }
}
