using Signalbox.Delivery.Aws;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Terraform;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>Finds out from an environment's state whether it is meant to be parked.</summary>
internal static class ParkIntent
{
    private static readonly Rule CannotTell = new("SB3307", Severity.Error, "Whether the environment is parked cannot be told");

    /// <returns>Live too when nothing was applied yet, or nothing there can be parked.</returns>
    public static async Task<Outcome<ExpectedState>> Read(
        DeclaredEnvironment environment, string repositoryFolder, AccountAccess access, CancellationToken cancellation)
    {
        var state = StateLocation.Of(environment.RootFolder.In(repositoryFolder)) switch
        {
            StateLocation.S3 s3 => await StateObject.Read(s3, access, cancellation),
            StateLocation.Local local => File.Exists(local.Path) ? (ReadOnlyMemory<byte>)await File.ReadAllBytesAsync(local.Path, cancellation) : ReadOnlyMemory<byte>.Empty,
            StateLocation.Elsewhere elsewhere => CannotTell.Without(
                $"the state lies in a `{elsewhere.Backend}` backend, which is not read here",
                "say what must be answered with `--expect live` or `--expect parked`"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (!state.Succeeded(out var bytes, out var problems) || bytes.IsEmpty)
            return problems is null ? ExpectedState.Live : new Outcome<ExpectedState>.Failure(problems);
        return StateOutputs.Flag(bytes, environment.Parking.Output).Succeeded(out var isParked, out problems)
            ? (isParked ? ExpectedState.Parked : ExpectedState.Live)
            : new Outcome<ExpectedState>.Failure(problems);
    }
}
