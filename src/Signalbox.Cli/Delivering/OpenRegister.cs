using System.Diagnostics;
using Signalbox.Delivery.Aws;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Register.Leases;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>The register of an environment and the leases beside it, opened where signalbox.yml says.</summary>
internal sealed record OpenRegister(IRegister Register, ILeaseStore Leases)
{
    public static OpenRegister Of(DeclaredEnvironment environment, AccountAccess access, StateFolder state, TimeProvider clock)
    {
        var region = environment.For(access.Target).Succeeded(out var settings, out _) ? settings.Region : null;
        return environment.Register switch
        {
            RegisterStore.LocalFile => new(new FileRegister(state.Register, clock), new FileLeaseStore(state.Leases, clock)),
            RegisterStore.Bucket bucket => new(S3Register.Open(access, region, bucket, clock), S3LeaseStore.Open(access, region, bucket)),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>For commands that only read or sign: nothing is asked of the account but the bucket.</summary>
    public static async Task<Outcome<IRegister>> At(RegisterStore store, Target target, Invocation invocation, CancellationToken cancellation)
    {
        if (store is not RegisterStore.Bucket bucket)
            return new FileRegister(StateFolder.Of(invocation).Register, invocation.Clock);
        var access = target == Target.Aws
            ? new AccountAccess(Target.Aws, Account: "", invocation.Variables)
            : await DeliverySession.SandboxAccess(invocation, cancellation);
        return access.Succeeded(out var reached, out var problems)
            ? S3Register.Open(reached, region: null, bucket, invocation.Clock)
            : new Outcome<IRegister>.Failure(problems);
    }
}
