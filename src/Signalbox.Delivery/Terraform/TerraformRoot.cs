using System.Text;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Delivery.Terraform;

/// <summary>What <see cref="TerraformRoot"/> works on.</summary>
public sealed record TerraformSetting
{
    /// <summary>Absolute.</summary>
    public required string RepositoryFolder { get; init; }

    /// <summary>The root module, absolute.</summary>
    public required string RootFolder { get; init; }

    /// <summary>Terraform's data folder (`TF_DATA_DIR`) of this environment and target, absolute.</summary>
    public required string DataFolder { get; init; }

    public required AccountAccess Access { get; init; }

    /// <summary>Relative to <see cref="RootFolder"/>.</summary>
    public required ValueList<string> VariableFiles { get; init; }

    /// <summary>More files that a plan depends on: globs relative to the repository.</summary>
    public required ValueList<string> ExtraInputs { get; init; }

    public required GuardPolicy Guard { get; init; }
}

/// <summary>Drives the real Terraform in one root module.</summary>
public sealed class TerraformRoot : ITerraform
{
    private readonly ProcessRunner _runner;
    private readonly TerraformProgram _program;
    private readonly TerraformSetting _setting;
    private readonly Dictionary<string, string> _variables;
    private Redactor _redactor;

    public TerraformRoot(ProcessRunner runner, TerraformProgram program, TerraformSetting setting)
    {
        (_runner, _program, _setting) = (runner, program, setting);
        _variables = TerraformVariables.Common(setting.Access.Variables);
        _variables["TF_DATA_DIR"] = setting.DataFolder;
        _redactor = Redactor.Of(TerraformVariables.Secrets(_variables, RootModule.Read(setting.RootFolder).SensitiveVariables()));
    }

    public ToolVersion Program => new(_program.Product, _program.Version.ToString());

    public async Task<Outcome<bool>> Initialise(Action<TerraformEvent> onEvent, CancellationToken interrupt)
    {
        if (_setting.Access.Target == Target.Sandbox && RootModule.Read(_setting.RootFolder).WaysOutOfTheSandbox().ToArray() is [_, ..] ways)
            return TerraformRules.LeavesTheSandbox.Without($"in the sandbox nothing may point elsewhere, and this does: {string.Join("; ", ways)}", "give endpoints and credentials by the environment, not in the configuration");
        var memory = new InitMemory(_setting.DataFolder, _setting.RootFolder, _program, _variables);
        if (memory.IsCurrent())
            return false;
        onEvent(new TerraformEvent.Logged($"initialising {Path.GetRelativePath(_setting.RepositoryFolder, _setting.RootFolder)}"));
        Directory.CreateDirectory(_setting.DataFolder);
        var hasLock = File.Exists(Path.Combine(_setting.RootFolder, LockFile.Name));
        var said = new StringBuilder();
        var exit = await _runner.Run(
            Unconfined(hasLock ? TerraformArguments.Init() : TerraformArguments.FirstInit()),
            line => said.AppendLine(_redactor.Redact(line.Text)),
            interrupt);
        if (exit.WasInterrupted)
            throw new OperationCanceledException(interrupt);
        if (exit.Code != 0)
            return InitFailure.Explain(said.ToString(), _setting.Access.Target);
        await memory.Remember(interrupt);
        return true;
    }

    public Task<Outcome<Configuration>> Configuration(CancellationToken cancellation)
    {
        var files = new InputFiles(_setting.RepositoryFolder, _setting.RootFolder, _setting.DataFolder);
        var inputs = PlanInputs.Of(_setting.RepositoryFolder, files.Find(_setting.VariableFiles, _setting.ExtraInputs));
        Outcome<Configuration> configuration = new Configuration(inputs, LockFile.Providers(_setting.RootFolder), RootModule.Backend(_setting.DataFolder));
        return Task.FromResult(configuration);
    }

    public bool Declares(ParkingNames names)
    {
        var root = RootModule.Read(_setting.RootFolder);
        return root.Declares("variable", names.Variable) && root.Declares("output", names.Output);
    }

    public async Task<Outcome<string>> Output(string name, CancellationToken interrupt)
    {
        var errors = new StringBuilder();
        string? value = null;
        var exit = await _runner.Run(
            Command(TerraformArguments.Outputs()),
            async output => value = await StateOutput.In(output, name, interrupt),
            line => errors.AppendLine(_redactor.Redact(line.Text)),
            interrupt);
        if (exit.WasInterrupted)
            throw new OperationCanceledException(interrupt);
        return exit.Code == 0
            ? value ?? "null"
            : TerraformRules.Failed.Without($"`terraform output` ended with {exit.Code}: {errors.ToString().Trim()}", "run it again; if it stays, report it with this message");
    }

    public async Task<Outcome<TerraformPlan>> Plan(PlanOptions options, Action<TerraformEvent> onEvent, CancellationToken interrupt)
    {
        using var file = PrivateFile.Create("plan");
        var session = Session(onEvent);
        var exit = await session.Run(Command(TerraformArguments.Plan(file.Path, _setting.VariableFiles, options)), interrupt);
        if (session.Failure(exit, "plan", interrupt) is { } failure)
            return new Outcome<TerraformPlan>.Failure(failure);

        var bytes = file.ReadAll();
        var reading = await Show(file.Path, _setting.Guard with { Movement = options.Movement }, interrupt);
        if (!reading.Succeeded(out var read, out var problems))
            return new Outcome<TerraformPlan>.Failure(problems);
        _redactor = _redactor.And(read.SensitiveValues);
        return new TerraformPlan(bytes, read, SavedPlan.StateOf(bytes));
    }

    public async Task<Outcome<ApplyReport>> Apply(ApprovedPlan plan, string record, Action<TerraformEvent> onEvent, CancellationToken interrupt)
    {
        _redactor = _redactor.And(plan.Plan.Contents.Secrets);
        using var file = PrivateFile.Holding("plan", plan.Plan.Contents.TerraformPlan.Span);
        var session = Session(onEvent);
        // However long a resource takes to stop, Terraform must save its state: it is never killed.
        var exit = await session.Run(Command(TerraformArguments.Apply(file.Path)) with { Grace = Timeout.InfiniteTimeSpan }, new OutputRecord(record), interrupt);
        if (session.Failure(exit, "apply", interrupt) is not { } failure)
            return session.Report();
        return new Outcome<ApplyReport>.Failure(await StaleState.Explain(failure, plan.Plan.Manifest.State, PulledState));
    }

    private TerraformSession Session(Action<TerraformEvent> onEvent) =>
        new(_runner, new TerraformDiagnostics(_setting.RepositoryFolder, _setting.RootFolder, _setting.Access.Target, () => _redactor), () => _redactor, onEvent);

    private async Task<Outcome<PlanReading>> Show(string planPath, GuardPolicy guard, CancellationToken interrupt)
    {
        var errors = new StringBuilder();
        Outcome<PlanReading>? reading = null;
        var exit = await _runner.Run(
            Command(TerraformArguments.Show(planPath)),
            async output => reading = await PlanReader.Read(output, guard, interrupt),
            line => errors.AppendLine(_redactor.Redact(line.Text)),
            interrupt);
        if (exit.WasInterrupted)
            throw new OperationCanceledException(interrupt);
        return exit.Code == 0 && reading is not null
            ? reading
            : TerraformRules.Failed.Without($"`terraform show` ended with {exit.Code}: {errors.ToString().Trim()}", "run it again; if it stays, report it with this message");
    }

    /// <summary>The state as it is now; null when it cannot be had.</summary>
    private async Task<StateIdentity?> PulledState()
    {
        StateIdentity? identity = null;
        var exit = await _runner.Run(
            Command(TerraformArguments.StatePull()),
            async output =>
            {
                using var content = new MemoryStream();
                await output.CopyToAsync(content, CancellationToken.None);
                content.Position = 0;
                identity = content.Length == 0 ? new StateIdentity("", 0) : SavedPlan.IdentityIn(content);
            },
            static _ => { },
            CancellationToken.None);
        return exit.Code == 0 ? identity : null;
    }

    /// <summary>Whatever a configuration starts, in the sandbox it reaches the emulator and nothing else, where the kernel can see to that.</summary>
    private Command Command(ValueList<string> arguments) =>
        _setting.Access.Confinement?.Of(Unconfined(arguments)) ?? Unconfined(arguments);

    /// <summary>Init alone talks to registries; it runs nothing of the configuration.</summary>
    private Command Unconfined(ValueList<string> arguments) =>
        new(_program.Path, arguments) { Folder = _setting.RootFolder, Environment = _variables };
}
