using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Parking;

/// <summary>
/// The wanted state of an environment is an output in its Terraform state. Every ordinary plan keeps it; only a movement
/// changes it.
/// </summary>
internal sealed class StickyIntent(ITerraform terraform)
{
    private static readonly Rule CannotPark = new("SB3360", Severity.Error, "The environment cannot be parked");
    private static readonly Rule NotThisWay = new("SB3361", Severity.Error, "Only park and unpark change the park intent");

    /// <summary>The plan's options with the variable that parks set to what is wanted.</summary>
    public async Task<Outcome<PlanOptions>> Keep(PlanRequest request, CancellationToken interrupt)
    {
        var (names, options) = (request.Parking, request.Options);
        if (!terraform.Declares(names))
        {
            return options.Movement is null
                ? options
                : CannotPark.Without(
                    $"the root module `{request.Root}` does not declare the variable `{names.Variable}` and the output `{names.Output}`",
                    $"declare both, with `value = var.{names.Variable}`, and let the variable switch off what costs; or name yours under `parking` in signalbox.yml");
        }

        if (options.Movement is { } movement)
            return options with { Variables = [.. options.Variables, movement.Variable] };
        if (!(await terraform.Output(names.Output, interrupt)).Succeeded(out var json, out var problems))
            return new Outcome<PlanOptions>.Failure(problems);
        if (ParkStates.OfOutput(json) is not { } state)
            return options;

        var given = options.Variables.FirstOrDefault(variable => variable.StartsWith($"{names.Variable}=", StringComparison.Ordinal));
        if (given is null)
            return options with { Variables = [.. options.Variables, $"{names.Variable}={state.Value()}"] };
        var other = state == ParkState.Parked ? ParkState.Unparked : ParkState.Parked;
        return given == $"{names.Variable}={state.Value()}"
            ? options
            : NotThisWay.Without($"`{request.Environment}` is {state.Word()}, and `--var {given}` would change that in an ordinary plan", $"run `signalbox {other.Verb()} {request.Environment}`");
    }
}
