using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Git;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Cli.Delivering;

/// <summary>A file that is no plan, or no longer the one that was sealed, is refused before anything is opened; that it was tried is written down.</summary>
internal static class BrokenSeal
{
    /// <param name="file">The digest of the file as it is, which is no plan's that anybody made.</param>
    /// <returns>Why it could not be written down; nothing when it was.</returns>
    public static async Task<ValueList<Diagnostic>> WriteDown(
        PlanDigest file, ValueList<Diagnostic> refusal, string environment, Target target, Invocation invocation, CancellationToken cancellation)
    {
        var state = StateFolder.Of(invocation);
        if (!SignalboxFile.Read(state.RepositoryFolder).Succeeded(out var settings, out var problems)
            || !settings.Find(environment).Succeeded(out var declared, out problems)
            || !(await OpenRegister.At(declared.Register, target, invocation, cancellation)).Succeeded(out var register, out problems))
        {
            return problems;
        }

        var checkout = await GitCheckout.Read(state.RepositoryFolder, invocation.Variables, new ProcessRunner(invocation.Clock), cancellation);
        var note = new NoteOrigin(environment, target, new Actor(checkout.Author, "git")) { Commit = checkout.Commit }.Note(EntryKind.Rejected) with
        {
            Plan = file,
            Outcome = string.Join("; ", refusal.Select(problem => $"{problem.Rule.Code} {problem.Rule.Title}")),
        };
        return (await register.Append(note, cancellation)).Succeeded(out _, out problems) ? [] : problems;
    }
}
