using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Delivery.Git;

/// <summary>Files as they are at the base: what everybody agreed on before the change that is being delivered.</summary>
public static class GitBase
{
    private static readonly Rule NoBase = new("SB3453", Severity.Error, "The base commit cannot be found");
    private static readonly Rule NotAtBase = new("SB3454", Severity.Error, "A file is missing at the base commit");

    private static readonly string[] DefaultBranches = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

    /// <param name="branch">The branch that changes are merged into; null for whatever git knows as the default one.</param>
    public static async Task<Outcome<BaseFile>> Read(
        string folder, string? branch, RepositoryPath file, IReadOnlyDictionary<string, string> variables, ProcessRunner runner, CancellationToken cancellation)
    {
        if (!(await Find(folder, branch, variables, runner, cancellation)).Succeeded(out var @base, out var problems))
            return new Outcome<BaseFile>.Failure(problems);
        return await Show(folder, @base, file.Text, variables, runner, cancellation) is { } content
            ? new BaseFile(content, $"{@base.Hash}:{file.Text}")
            : NotAtBase.Without($"{Culprit.Quote(file.Text)} is not in commit {@base.Hash[..12]}, where {Culprit.Quote(@base.Branch)} and this checkout meet", "merge it there first: a change cannot bring its own approvers");
    }

    /// <summary>Where this checkout and the branch that changes are merged into meet.</summary>
    /// <param name="branch">Null for whatever git knows as the default one.</param>
    public static async Task<Outcome<BaseCommit>> Find(
        string folder, string? branch, IReadOnlyDictionary<string, string> variables, ProcessRunner runner, CancellationToken cancellation)
    {
        foreach (var candidate in branch is null ? DefaultBranches : [branch])
        {
            if (await Ask(["merge-base", "HEAD", candidate], folder, variables, runner, cancellation) is { } commit)
                return new BaseCommit(commit.Trim(), candidate);
        }

        return NoBase.Without(
            $"this checkout has no commit in common with {(branch is null ? "a default branch" : Culprit.Quote(branch))}",
            "fetch the whole history of the branch that changes are merged into, and name it as `approval.base` if it is not `main`");
    }

    /// <returns>A file as it is in a commit; null when it is not there.</returns>
    public static Task<string?> Show(
        string folder, BaseCommit commit, string file, IReadOnlyDictionary<string, string> variables, ProcessRunner runner, CancellationToken cancellation) =>
        Ask(["show", $"{commit.Hash}:{file}"], folder, variables, runner, cancellation);

    /// <param name="revision">As <see cref="BaseFile.Revision"/> has it; anything else is not there.</param>
    /// <returns>Null when this clone does not have it.</returns>
    public static async Task<string?> Show(
        string folder, string revision, IReadOnlyDictionary<string, string> variables, ProcessRunner runner, CancellationToken cancellation) =>
        revision.Split(':', 2) is [{ Length: 40 or 64 } hash, { Length: > 0 }] && hash.All(char.IsAsciiHexDigitLower)
            ? await Ask(["show", revision], folder, variables, runner, cancellation)
            : null;

    private static async Task<string?> Ask(ValueList<string> arguments, string folder, IReadOnlyDictionary<string, string> variables, ProcessRunner runner, CancellationToken cancellation)
    {
        if (ProgramSearch.Find("git", variables) is not { } git)
            return null;
        var said = new System.Text.StringBuilder();
        var exit = await runner.Run(
            new Command(git, arguments) { Folder = folder, Environment = variables },
            line =>
            {
                if (line.Source == Output.Standard)
                    said.Append(line.Text).Append('\n');
            },
            cancellation);
        return exit.Code == 0 ? said.ToString() : null;
    }
}

/// <param name="Hash">40 or 64 hexadecimal digits.</param>
/// <param name="Branch">The branch that was compared with.</param>
public sealed record BaseCommit(string Hash, string Branch);

/// <summary>A file as it is at the base.</summary>
/// <param name="Revision">Where it was read, as git names it: `COMMIT:PATH`.</param>
public sealed record BaseFile(string Text, string Revision);
