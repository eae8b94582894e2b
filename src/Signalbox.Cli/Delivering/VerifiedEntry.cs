using Signalbox.Delivery.Git;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Verification;
using Signalbox.Processes;

namespace Signalbox.Cli.Delivering;

/// <summary>
/// Writes down what a verification found. One that cannot be written is said and changes no verdict: whoever may look
/// at an endpoint need not be allowed to write the register.
/// </summary>
internal static class VerifiedEntry
{
    /// <summary>What git says of the working copy that the entry names; for the caller to ask while something else is under way.</summary>
    public static Task<Checkout> ReadCheckout(Invocation invocation, VerifySession session, CancellationToken cancellation) =>
        GitCheckout.Read(session.State.RepositoryFolder, invocation.Variables, new ProcessRunner(invocation.Clock), cancellation);

    public static async Task Append(Invocation invocation, VerifySession session, VerificationReport report, Checkout checkout, CancellationToken cancellation)
    {
        if (!(await OpenRegister.At(session.Environment.Register, session.Target, invocation, cancellation)).Succeeded(out var register, out var problems))
        {
            invocation.Terminal.Report(problems);
            return;
        }

        var origin = DeliverySession.OriginOf(invocation, session.Environment, session.Target, checkout);
        await Append(invocation, register, VerifiedNote.Of(origin, report, applied: null), cancellation);
    }

    public static Task Append(Invocation invocation, DeliverySession session, VerificationReport report, PlanDigest applied, CancellationToken cancellation) =>
        Append(invocation, session.Register, VerifiedNote.Of(session.Origin, report, applied), cancellation);

    private static async Task Append(Invocation invocation, IRegister register, RegisterNote note, CancellationToken cancellation)
    {
        if (!(await register.Append(note, cancellation)).Succeeded(out _, out var problems))
            invocation.Terminal.Report(problems);
    }
}
