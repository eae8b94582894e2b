using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>What is known of an environment's parking without Terraform and without its account.</summary>
internal sealed record ParkingBook(StateFolder State, DeclaredEnvironment Environment, Target Target, IRegister Register, ParkHistory History)
{
    public static async Task<Outcome<ParkingBook>> Open(Invocation invocation, string name, Target target, CancellationToken cancellation)
    {
        var state = StateFolder.Of(invocation);
        if (!SignalboxFile.Read(state.RepositoryFolder).Succeeded(out var file, out var problems)
            || !file.Find(name).Succeeded(out var environment, out problems)
            || !environment.For(target).Succeeded(out _, out problems))
        {
            return new Outcome<ParkingBook>.Failure(problems);
        }

        var register = new FileRegister(state.Register, invocation.Clock);
        return new ParkingBook(state, environment, target, register, await ParkHistory.Read(register, name, target, cancellation));
    }
}
