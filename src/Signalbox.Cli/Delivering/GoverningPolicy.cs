using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Git;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Cli.Delivering;

/// <summary>
/// Lets the approval policy of the base commit govern a delivery, as the file of signers is read there: a change that could
/// bring its own policy could approve itself. Which branch is the base comes from git, and from what signalbox.yml says
/// *there*.
/// </summary>
internal sealed class GoverningPolicy(Invocation invocation, string folder)
{
    private static readonly Rule Differs = new("SB3468", Severity.Note, "The approval policy of the base counts, not the checkout's");

    private readonly ProcessRunner _runner = new(invocation.Clock);

    /// <returns>The environment with the policy that counts; a remark goes to the terminal when it is not the checkout's.</returns>
    public async Task<Outcome<DeclaredEnvironment>> Over(DeclaredEnvironment environment, Target target, CancellationToken cancellation)
    {
        if (!(await Find(environment, cancellation)).Succeeded(out var governing, out var problems))
            return target == Target.Sandbox ? environment : new Outcome<DeclaredEnvironment>.Failure(problems);
        if (governing is not { Environment: var found, Commit: var commit })
            return environment;
        var governed = environment with { Approval = found.Approval, ParkingApprovalRequired = found.ParkingApprovalRequired };
        if (governed != environment)
        {
            invocation.Terminal.Report(
            [
                Differs.Without(
                    $"this checkout has another approval policy for {Culprit.Quote(environment.Name.Text)} than commit {commit.Hash[..12]}, where it meets {Culprit.Quote(commit.Branch)}; that one counts",
                    "merge the new policy first"),
            ]);
        }

        return governed;
    }

    /// <returns>Null when the base does not know the environment yet: there is no earlier policy that could be weakened.</returns>
    private async Task<Outcome<Governing?>> Find(DeclaredEnvironment environment, CancellationToken cancellation)
    {
        var found = await GitBase.Find(folder, branch: null, invocation.Variables, _runner, cancellation);
        if (!found.Succeeded(out _, out _) && environment.Approval.Base is { } named)
            found = await GitBase.Find(folder, named, invocation.Variables, _runner, cancellation);
        if (!found.Succeeded(out var commit, out var problems)
            || !(await At(commit, environment, cancellation)).Succeeded(out var declared, out problems))
        {
            return new Outcome<Governing?>.Failure(problems);
        }

        if (declared?.Environment.Approval.Base is not { } branch || branch == commit.Branch)
            return declared;
        return (await GitBase.Find(folder, branch, invocation.Variables, _runner, cancellation)).Succeeded(out var other, out problems)
            ? await At(other, environment, cancellation)
            : new Outcome<Governing?>.Failure(problems);
    }

    private async Task<Outcome<Governing?>> At(BaseCommit commit, DeclaredEnvironment environment, CancellationToken cancellation)
    {
        if (await GitBase.Show(folder, commit, SignalboxFile.FileName, invocation.Variables, _runner, cancellation) is not { } text)
            return (Governing?)null;
        var source = new SourceText($"{SignalboxFile.FileName} at {commit.Hash[..12]}", text);
        if (!SignalboxFile.Parse(source, _ => RepositoryEntry.NotLookedAt).Succeeded(out var file, out var problems))
            return new Outcome<Governing?>.Failure(problems);
        return file.Find(environment.Name.Text).Succeeded(out var found, out _) ? new Governing(found, commit) : (Governing?)null;
    }

    private sealed record Governing(DeclaredEnvironment Environment, BaseCommit Commit);
}
