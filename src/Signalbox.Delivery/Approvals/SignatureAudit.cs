using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Approvals;

/// <summary>
/// Checks again, long afterwards, the signatures that applies relied on: as they stood when each apply began, against the
/// signers of then. Who was taken out of the file since, had approved all the same.
/// </summary>
/// <param name="signersOf">The text of the signers that an apply believed; null when it cannot be had here.</param>
public sealed class SignatureAudit(ISignatures signatures, Func<ReliedUpon, CancellationToken, Task<string?>> signersOf)
{
    private static readonly Rule DoesNotHold = new("SB3440", Severity.Error, "An apply relied on a signature that does not hold");
    private static readonly Rule HadExpired = new("SB3441", Severity.Error, "An apply relied on a signature that had expired");
    private static readonly Rule Unchecked = new("SB3443", Severity.Warning, "A signature cannot be checked here");

    public async Task<ValueList<Diagnostic>> Check(IEnumerable<ReliedUpon> applies, CancellationToken cancellation)
    {
        var problems = new List<Diagnostic>();
        foreach (var apply in applies)
        {
            var signers = await signersOf(apply, cancellation);
            foreach (var name in Signers(apply))
            {
                if (signers is null)
                    problems.Add(Unchecked.Without($"nobody here knows the signers that entry {apply.Applying.Sequence} believed{(apply.Signers is { } revision ? $" ({revision})" : "")}, so the signature of {Culprit.Quote(name)} was not checked", "run this in a clone that has that commit, or name a file with `--signers`"));
                else if (await Problem(apply, name, signers, cancellation) is { } problem)
                    problems.Add(problem);
            }
        }

        return [.. problems];
    }

    /// <summary>Of those whom the apply names, the ones whose word was a signature.</summary>
    private static IEnumerable<string> Signers(ReliedUpon apply) => apply.Signatures
        .Select(entry => entry.Note.Actor.Name)
        .Where(name => apply.Names.Count == 0 || apply.Names.Contains(name, StringComparer.Ordinal))
        .Distinct(StringComparer.Ordinal);

    /// <returns>Null when at least one of the person's signatures held.</returns>
    private async Task<Diagnostic?> Problem(ReliedUpon apply, string name, string signers, CancellationToken cancellation)
    {
        Diagnostic? problem = null;
        foreach (var entry in apply.Signatures.Where(entry => entry.Note.Actor.Name == name))
        {
            var what = $"entry {apply.Applying.Sequence} applies plan {apply.Applying.Note.Plan} because of the signature of {Culprit.Quote(name)} in entry {entry.Sequence}";
            if (ApprovalStatement.Of(entry) is not var (statement, signature))
                problem = DoesNotHold.Without($"{what}, which holds no signed statement", Ask);
            else if (statement.ExpiresAt + ApprovalDesk.ClockTolerance < apply.Applying.At)
                problem = HadExpired.Without($"{what}, which had expired at {statement.ExpiresAt:yyyy-MM-dd HH:mm}Z", Ask);
            else if (await signatures.Refusal(signers, name, ApprovalStatement.Namespace, statement.ToBytes(), signature, apply.Applying.At, cancellation) is { } refusal)
                problem = DoesNotHold.Without($"{what}, and that does not hold: {refusal}", Ask);
            else
                return null;
        }

        return problem;
    }

    private const string Ask = "find out who wrote both entries; what was applied may be nothing that anybody approved";
}
