using System.CommandLine;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>What `apply` is asked about its looks at the endpoints: before by default, afterwards when wanted.</summary>
internal sealed class ApplyVerification
{
    private readonly EndpointLooks _looks;
    private readonly Option<bool> _noBaseline = new("--no-baseline") { Description = "Do not look at the endpoints before the apply" };
    private readonly Option<bool> _verify = new("--verify") { Description = "Verify the endpoints afterwards; exit code 4 when one is not healthy" };

    public ApplyVerification(Command command, Invocation invocation)
    {
        _looks = new EndpointLooks(invocation);
        command.Add(_verify);
        command.Add(_noBaseline);
    }

    public Task TakeBaseline(ParseResult parsed, DeliverySession session, OpenedPlan plan, CancellationToken cancellation) =>
        parsed.GetValue(_noBaseline) ? Task.CompletedTask : _looks.TakeBaseline(session, plan, cancellation);

    /// <returns>Null when it was not asked for.</returns>
    public async Task<Outcome<VerificationReport>?> Verify(ParseResult parsed, DeliverySession session, OpenedPlan plan, CancellationToken cancellation) =>
        parsed.GetValue(_verify) ? await _looks.Verify(session, plan, cancellation) : null;
}
