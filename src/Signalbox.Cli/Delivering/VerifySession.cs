using Signalbox.Cli.Commands;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>One environment's endpoints and the way to them: no Terraform is started, and no account asked before it must be.</summary>
internal sealed record VerifySession(StateFolder State, DeclaredEnvironment Environment, Target Target, Verifier Verifier, FindExpectedState Expected)
{
    /// <param name="expected">What the person said must be answered; null leaves it to the park intent.</param>
    public static async Task<Outcome<VerifySession>> Open(
        Invocation invocation, string name, Target target, ExpectedState? expected, CancellationToken cancellation)
    {
        var state = StateFolder.Of(invocation);
        if (!SignalboxFile.Read(state.RepositoryFolder).Succeeded(out var file, out var problems)
            || !file.Find(name).Succeeded(out var environment, out problems)
            || !environment.For(target).Succeeded(out _, out problems))
        {
            return new Outcome<VerifySession>.Failure(problems);
        }

        state.Make();
        return await Open(invocation, state, environment, target, expected, cancellation);
    }

    public static async Task<Outcome<VerifySession>> Open(
        Invocation invocation, StateFolder state, DeclaredEnvironment environment, Target target, ExpectedState? expected, CancellationToken cancellation)
    {
        var route = (EndpointRoute?)null;
        var trace = (IWayTrace?)null;
        var access = new AccountAccess(target, Account: "", invocation.Variables);
        // What lies on this machine is asked itself, wherever the environment lives.
        if (target == Target.Sandbox && (expected is null || !environment.Endpoints.All(endpoint => endpoint.Url.IsLoopback)))
        {
            if (!(await SandboxCommand.Account(invocation).Running(cancellation)).Succeeded(out var sandbox, out var problems))
                return new Outcome<VerifySession>.Failure(problems);
            if (!sandbox.Edge.Succeeded(out var edge, out problems))
                return new Outcome<VerifySession>.Failure(problems);
            access = new AccountAccess(target, sandbox.AccountId, sandbox.ChildEnvironment());
            trace = new SandboxWayTrace(sandbox, invocation.Clock);
            route = new EndpointRoute(edge.Endpoint, await File.ReadAllTextAsync(edge.AuthorityFile, cancellation));
        }

        FindExpectedState find = expected is { } said
            ? _ => Task.FromResult<Outcome<ExpectedState>>(said)
            : cancelled => ParkIntent.Read(environment, state.RepositoryFolder, access, cancelled);
        return new VerifySession(state, environment, target, new Verifier(new Prober(route, invocation.Clock), trace, invocation.Clock), find);
    }
}
