using Signalbox.Cli.Commands;
using Signalbox.Delivery.Aws;
using Signalbox.Delivery.Aws.Ecr;
using Signalbox.Delivery.Aws.Ecs;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Git;
using Signalbox.Delivery.Images;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Recovery;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Register.Leases;
using Signalbox.Delivery.Terraform;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Cli.Delivering;

/// <summary>One environment, reachable in one target: what init, plan and apply work on.</summary>
internal sealed record DeliverySession(
    StateFolder State,
    DeclaredEnvironment Environment,
    AccountAccess Access,
    Checkout Checkout,
    ITerraform Terraform,
    IStateBackend Backend,
    IAccountLook Account,
    IRegister Register,
    ILeaseStore Leases,
    NoteOrigin Origin)
{
    /// <summary>How long to wait for another delivery, in seconds; ten minutes when it is not set.</summary>
    public const string WaitVariable = "SIGNALBOX_WAIT";

    private static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(10);

    /// <summary>A note about this environment by whoever runs this command, to be completed with `with`.</summary>
    public RegisterNote Note(EntryKind kind) => Origin.Note(kind);

    /// <summary>A plan of this environment as it is checked out here.</summary>
    public PlanRequest PlanRequest(PlanOptions options) => new()
    {
        Environment = Environment.Name.Text,
        Root = Environment.RootFolder.Text,
        Target = Access.Target,
        Account = Access.Account,
        Checkout = Checkout,
        Lifetime = Environment.PlanLifetime,
        Parking = Environment.Parking,
        Options = options,
        CarriesApprovals = Environment.Approval.CarryOver,
    };

    public static async Task<Outcome<DeliverySession>> Open(Invocation invocation, string name, Target target, CancellationToken cancellation)
    {
        var state = StateFolder.Of(invocation);
        if (!SignalboxFile.Read(state.RepositoryFolder).Succeeded(out var file, out var problems)
            || !file.Find(name).Succeeded(out var declared, out problems)
            || !declared.For(target).Succeeded(out var settings, out problems)
            || !(await new GoverningPolicy(invocation, state.RepositoryFolder).Over(declared, target, cancellation)).Succeeded(out var environment, out problems))
        {
            return new Outcome<DeliverySession>.Failure(problems);
        }

        if (SharedState.Of(declared, target, file, state.RepositoryFolder) is { } shared)
            return shared;
        var unheeded = UnheededVariables.In(invocation.Variables);
        if (unheeded.Count > 0 && target == Target.Aws)
            return new Outcome<DeliverySession>.Failure(unheeded);
        foreach (var variable in unheeded)
            invocation.Terminal.Say($"note: {variable.Message}");
        state.Make();
        var runner = new ProcessRunner(invocation.Clock);
        if (!(await TerraformProgram.Find(invocation.Variables, state.Path, runner, cancellation)).Succeeded(out var program, out problems)
            || !(await Reach(invocation, target, settings, cancellation)).Succeeded(out var access, out problems))
        {
            return new Outcome<DeliverySession>.Failure(problems);
        }

        var checkout = await GitCheckout.Read(state.RepositoryFolder, invocation.Variables, runner, cancellation);
        var setting = Setting(state, environment, access);
        var (terraform, backend, account) = (new TerraformRoot(runner, program, setting), new TerraformStateBackend(runner, program, setting), new TerraformAccountLook(runner, program, setting));
        var (register, leases) = OpenRegister.Of(environment, access, state, invocation.Clock);
        return new DeliverySession(state, environment, access, checkout, terraform, backend, account, register, leases, OriginOf(invocation, environment, target, checkout));
    }

    /// <summary>The account's access with the target's input variables added, as Terraform takes them.</summary>
    internal static async Task<Outcome<AccountAccess>> Reach(
        Invocation invocation, Target target, TargetSettings settings, CancellationToken cancellation)
    {
        var reached = target == Target.Sandbox
            ? await SandboxAccess(invocation, cancellation)
            : await AwsAccount.Reach(invocation.Variables, settings.Account, settings.Region, cancellation);
        if (!reached.Succeeded(out var access, out _))
            return reached;
        var variables = new Dictionary<string, string>(access.Variables, StringComparer.Ordinal);
        foreach (var variable in settings.Variables)
            variables[$"TF_VAR_{variable.Name}"] = variable.Value;
        return access with { Variables = variables };
    }

    internal static async Task<Outcome<AccountAccess>> SandboxAccess(Invocation invocation, CancellationToken cancellation)
    {
        return (await SandboxCommand.Account(invocation).Running(cancellation)).Succeeded(out var running, out var problems)
            ? new AccountAccess(Target.Sandbox, running.AccountId, running.ChildEnvironment()) { Confinement = Confinement.To([running.Endpoint.Port]) }
            : new Outcome<AccountAccess>.Failure(problems);
    }

    /// <summary>
    /// Takes the environment for this process, so that nobody plans or applies it meanwhile, and says who has it while
    /// it waits. Refuses when an earlier apply was cut short: `recover` must look first.
    /// </summary>
    /// <param name="doing">As it reads after "has been": `planning`.</param>
    public async Task<Outcome<EnvironmentLease>> TakeLease(Invocation invocation, string doing, CancellationToken cancellation)
    {
        if (!(await TakeLeaseToRecover(invocation, doing, cancellation)).Succeeded(out var lease, out var problems))
            return new Outcome<EnvironmentLease>.Failure(problems);
        try
        {
            if (await UnfinishedApply.Find(Register, Environment.Name.Text, Access.Target, cancellation) is not { } open)
                return lease;
            await lease.DisposeAsync();
            return UnfinishedApply.Problem(open);
        }
        catch (IOException e)
        {
            await lease.DisposeAsync();
            return RegisterRules.CannotRead.Without($"`{Register.Place}` cannot be read: {e.Message}", "check the bucket and the credentials");
        }
    }

    /// <summary>As <see cref="TakeLease"/>, also while an apply that was cut short is waiting for `recover`.</summary>
    public Task<Outcome<EnvironmentLease>> TakeLeaseToRecover(Invocation invocation, string doing, CancellationToken cancellation)
    {
        var patience = int.TryParse(invocation.Variables.GetValueOrDefault(WaitVariable), out var seconds) ? TimeSpan.FromSeconds(seconds) : DefaultPatience;
        var claim = new LeaseClaim($"{Environment.Name}-{Access.Target.Word()}", Origin.Actor.Name, doing, Origin.Run, patience);
        return EnvironmentLease.Take(Leases, claim, new EngineRuns(invocation.Variables), holder => invocation.Terminal.Say($"waiting: {holder}"), invocation.Clock, cancellation);
    }

    /// <summary>Both engines tell a job its run and name in CircleCI's variables.</summary>
    internal static NoteOrigin OriginOf(Invocation invocation, DeclaredEnvironment environment, Target target, Checkout checkout) =>
        new(environment.Name.Text, target, new Actor(checkout.Author, "git"))
        {
            Commit = checkout.Commit,
            Run = invocation.Variables.GetValueOrDefault("CIRCLE_WORKFLOW_ID"),
            Job = invocation.Variables.GetValueOrDefault("CIRCLE_JOB"),
        };

    private static TerraformSetting Setting(StateFolder state, DeclaredEnvironment environment, AccountAccess access)
    {
        var root = environment.RootFolder.In(state.RepositoryFolder);
        return new TerraformSetting
        {
            RepositoryFolder = state.RepositoryFolder,
            RootFolder = root,
            DataFolder = state.TerraformData(environment.Name.Text, access.Target.Word()),
            Access = access,
            VariableFiles = [.. environment.VariableFiles.Select(file => Path.GetRelativePath(root, file.In(state.RepositoryFolder)))],
            ExtraInputs = [.. environment.Inputs.Select(pattern => pattern.Text)],
            Guard = environment.Guard,
        };
    }

    /// <summary>Looks in the account's registry for every image that a plan would start.</summary>
    public PlannedImageJudge ImageJudge(TimeProvider clock) =>
        new(new EcrRegistry(Endpoint, clock), Access.Account, Environment.Images, Access.Target == Target.Sandbox);

    public Applier Applier(TimeProvider clock) => new(Terraform, new EcsDrain(Endpoint, clock), Register, clock);

    private AwsEndpoint Endpoint =>
        AwsEndpoint.Of(Access, Environment.For(Access.Target).Succeeded(out var settings, out _) ? settings.Region : null);
}
