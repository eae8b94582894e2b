using System.Diagnostics;
using Signalbox.Delivery.Aws;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Register.Leases;

namespace Signalbox.Cli.Delivering;

/// <summary>The register of an environment and the leases beside it, opened where signalbox.yml says.</summary>
internal sealed record OpenRegister(IRegister Register, ILeaseStore Leases)
{
    public static OpenRegister Of(DeclaredEnvironment environment, AccountAccess access, StateFolder state, TimeProvider clock)
    {
        var region = environment.For(access.Target).Succeeded(out var settings, out _) ? settings.Region : null;
        return environment.Register switch
        {
            RegisterStore.LocalFile => InFile(state, clock),
            RegisterStore.Bucket bucket => new(S3Register.Open(access, region, bucket, clock), S3LeaseStore.Open(access, region, bucket)),
            _ => throw new UnreachableException(),
        };
    }

    public static OpenRegister InFile(StateFolder state, TimeProvider clock) =>
        new(new FileRegister(state.Register, clock), new FileLeaseStore(state.Leases, clock));
}
