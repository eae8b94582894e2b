using System.CommandLine;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Git;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Ssh;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Command = System.CommandLine.Command;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox sign PLAN`: approves one sealed plan with the person's SSH key.</summary>
internal sealed class SignCommand
{
    private static readonly Rule NotConfirmed = new("SB3456", Severity.Error, "The environment's name was not confirmed");
    private static readonly Rule DoesNotCount = new("SB3458", Severity.Error, "The signature would not count");

    private readonly Invocation _invocation;
    private readonly Argument<string> _plan = new("plan") { Description = "The sealed plan to approve" };
    private readonly SigningIdentity _identity;
    private readonly Option<string?> _yes = new("--yes-environment") { Description = "The environment's name, where no person can be asked", HelpName = "name" };
    private readonly Option<bool> _glass = new("--break-glass") { Description = "Set the policy aside for this one plan; two people must, with a reason" };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why glass is broken", HelpName = "text" };

    private SignCommand(Command command, Invocation invocation)
    {
        _invocation = invocation;
        command.Add(_plan);
        _identity = new SigningIdentity(command, invocation);
        command.Add(_yes);
        command.Add(_glass);
        command.Add(_reason);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_glass) != (result.GetValue(_reason) is { Length: > 0 }))
                result.AddError("--break-glass and --reason belong together");
        });
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("sign", "Approve one sealed plan with your SSH key.");
        _ = new SignCommand(command, invocation);
        return command.WithExamples(
            "signalbox sign prod.plan",
            "signalbox sign prod.plan --key ~/.ssh/id_ed25519.pub --yes-environment prod",
            "signalbox sign prod.plan --break-glass --reason \"the site is down\"");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var state = StateFolder.Of(_invocation);
        var path = Path.GetFullPath(parsed.GetRequiredValue(_plan), _invocation.Folder);
        if (!(await SealedPlan.Read(path, cancellation)).Succeeded(out var plan, out var problems)
            || !(await PlanKey.Find(_invocation.Variables, state.PlanKey, cancellation)).Succeeded(out var key, out problems)
            || !plan.Open(key).Succeeded(out var opened, out problems)
            || !PlanSummaryJson.Read(opened.Contents.Review.Span).Succeeded(out var review, out problems)
            || !SignalboxFile.Read(state.RepositoryFolder).Succeeded(out var file, out problems)
            || !file.Find(opened.Manifest.Environment).Succeeded(out var declared, out problems)
            || !(await new GoverningPolicy(_invocation, state.RepositoryFolder).Over(declared, opened.Manifest.KnownTarget ?? Target.Sandbox, cancellation)).Succeeded(out var environment, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        if (!parsed.GetValue(Invocation.Json))
            PlanAnswer.Show(_invocation.Terminal, plan, review.Summary, review.Findings, Path.GetRelativePath(_invocation.Folder, path));
        if (!(await Confirmed(parsed, opened, cancellation)).Succeeded(out _, out problems)
            || !(await Sign(parsed, opened, environment, state, cancellation)).Succeeded(out var entry, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.JsonLine(writer => writer.WriteRawValue(entry.ToJson().Span));
        else
            _invocation.Terminal.Answer($"\n{entry.Note.Actor.Name} {(entry.Note.Kind == EntryKind.BrokeGlass ? "BROKE GLASS for" : "approved")} {plan.Digest} of {opened.Manifest.Environment} in {opened.Manifest.Target} (entry {entry.Sequence})");
        return ExitCode.Done;
    }

    private async Task<Outcome<bool>> Confirmed(ParseResult parsed, OpenedPlan plan, CancellationToken cancellation)
    {
        var (wanted, given) = (plan.Manifest.Environment, parsed.GetValue(_yes));
        if (given is null && _invocation.Terminal.IsInteractive)
            given = await _invocation.Terminal.Ask($"\nType the environment's name to approve this plan of {wanted} in {plan.Manifest.Target}: ", cancellation);
        return given == wanted
            ? true
            : NotConfirmed.Without(given is null ? "nobody can be asked here, and no name was given" : $"{Culprit.Quote(given)} is not the plan's environment", $"read the plan, and give its environment with `--yes-environment`");
    }

    private async Task<Outcome<RegisterEntry>> Sign(ParseResult parsed, OpenedPlan plan, DeclaredEnvironment environment, StateFolder state, CancellationToken cancellation)
    {
        var runner = new ProcessRunner(_invocation.Clock);
        var (manifest, policy) = (plan.Manifest, environment.Approval);
        var target = manifest.KnownTarget ?? Target.Sandbox;
        if (!(await _identity.Find(parsed, state, runner, cancellation)).Succeeded(out var signer, out var problems))
            return new Outcome<RegisterEntry>.Failure(problems);
        if (manifest.Verdict == "deny")
            return DoesNotCount.Without("the guard denies this plan: nobody can approve it", "change the configuration, and plan again");

        var now = _invocation.Clock.GetUtcNow();
        var expiry = now + policy.Lifetime < manifest.ExpiresAt ? now + policy.Lifetime : manifest.ExpiresAt;
        var statement = ApprovalStatement.New(plan.Digest, manifest.Environment, target, signer.Name, expiry, parsed.GetValue(_reason));
        var signatures = new SshSignatures(runner, _invocation.Variables);
        if (!(await signatures.Sign(signer.Key, ApprovalStatement.Namespace, statement.ToBytes(), cancellation)).Succeeded(out var signature, out problems)
            || !(await Counts(statement, signature, policy, state, signatures, runner, cancellation)).Succeeded(out _, out problems)
            || !(await OpenRegister.At(environment.Register, target, _invocation, cancellation)).Succeeded(out var register, out problems))
        {
            return new Outcome<RegisterEntry>.Failure(problems);
        }

        return await register.Append(statement.ToNote(signature, manifest.Commit), cancellation);
    }

    /// <summary>A signature that the apply would not take is better refused now.</summary>
    private async Task<Outcome<bool>> Counts(
        ApprovalStatement statement, string signature, ApprovalPolicy policy, StateFolder state, SshSignatures signatures, ProcessRunner runner, CancellationToken cancellation)
    {
        if (policy.AllowedSigners is not { } file)
            return DoesNotCount.Without("the environment's policy names no file of signers", "add `approval.allowed_signers` to signalbox.yml");
        if (!(await GitBase.Read(state.RepositoryFolder, policy.Base, file, _invocation.Variables, runner, cancellation)).Succeeded(out var signers, out var problems))
            return new Outcome<bool>.Failure(problems);
        return await signatures.Refusal(signers.Text, statement.Approver, ApprovalStatement.Namespace, statement.ToBytes(), signature, _invocation.Clock.GetUtcNow(), cancellation) is { } refusal
            ? DoesNotCount.Without($"{Culprit.Quote(statement.Approver)} is not allowed to sign with this key: {refusal}", $"say who you are with `--as`, or have your key added to {Culprit.Quote(file.Text)} at the base")
            : true;
    }
}
