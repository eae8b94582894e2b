using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>What is known of an environment's parking without Terraform.</summary>
internal sealed record ParkingBook(StateFolder State, DeclaredEnvironment Environment, Target Target, IRegister Register, ParkHistory History)
{
    public static async Task<Outcome<ParkingBook>> Open(Invocation invocation, string name, Target target, CancellationToken cancellation)
    {
        var state = StateFolder.Of(invocation);
        if (!SignalboxFile.Read(state.RepositoryFolder).Succeeded(out var file, out var problems)
            || !file.Find(name).Succeeded(out var environment, out problems)
            || !environment.For(target).Succeeded(out _, out problems)
            || !(await Access(invocation, environment, target, cancellation)).Succeeded(out var access, out problems))
        {
            return new Outcome<ParkingBook>.Failure(problems);
        }

        state.Make();
        var register = OpenRegister.Of(environment, access, state, invocation.Clock).Register;
        return (await Read(register, name, target, cancellation)).Succeeded(out var history, out problems)
            ? new ParkingBook(state, environment, target, register, history)
            : new Outcome<ParkingBook>.Failure(problems);
    }

    public static async Task<Outcome<ParkHistory>> Read(IRegister register, string environment, Target target, CancellationToken cancellation)
    {
        try
        {
            return await ParkHistory.Read(register, environment, target, cancellation);
        }
        catch (IOException e)
        {
            return RegisterRules.CannotRead.Without($"`{register.Place}` cannot be read: {e.Message}", "check the file, or the bucket and the credentials");
        }
    }

    /// <summary>A register in a file needs no account; one in a bucket asks as this process does, and the bucket's policy decides.</summary>
    private static async Task<Outcome<AccountAccess>> Access(Invocation invocation, DeclaredEnvironment environment, Target target, CancellationToken cancellation) =>
        environment.Register is RegisterStore.Bucket && target == Target.Sandbox
            ? await DeliverySession.SandboxAccess(invocation, cancellation)
            : new AccountAccess(target, Account: "", invocation.Variables);
}
