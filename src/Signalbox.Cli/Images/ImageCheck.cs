using System.CommandLine;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Images;

/// <summary>`signalbox image check ENV`: every pinned image is what it must be, and, when asked, is what runs.</summary>
internal sealed class ImageCheck
{
    private static readonly Rule NotRolledForward = new("SB2046", Severity.Error, "Something does not run the pinned image");

    private readonly Invocation _invocation;
    private readonly EnvironmentChoice _choice;
    private readonly Option<bool> _running = new("--running") { Description = "Also prove that services and task definitions use the pinned images" };

    private ImageCheck(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _choice = new EnvironmentChoice(command, invocation);
        command.Add(_running);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("check", "Prove that every pinned image is concrete, exists, is of its family and runs on its platform.");
        _ = new ImageCheck(command, invocation);
        return command.WithExamples(
            "signalbox image check prod",
            "signalbox image check prod --running",
            "signalbox image check prod --target aws --json");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (!SignalboxFile.Read(StateFolder.Of(_invocation).RepositoryFolder).Succeeded(out var file, out var problems)
            || !file.Find(parsed.GetRequiredValue(_choice.Name)).Succeeded(out var environment, out problems)
            || !(await ImageSession.Open(_invocation, environment, _choice.TargetOf(parsed), cancellation)).Succeeded(out var session, out problems)
            || !(await Checks(session, parsed.GetValue(_running), cancellation)).Succeeded(out var checks, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        ValueList<Diagnostic> wrong = [.. checks.SelectMany(Problems)];
        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => ImageCheckAnswer.Write(writer, checks, wrong));
        else
            ImageCheckAnswer.Show(_invocation.Terminal, checks);
        _invocation.Terminal.Report(wrong);
        return wrong.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<Outcome<ValueList<FamilyCheck>>> Checks(ImageSession session, bool alsoRunning, CancellationToken cancellation)
    {
        ValueList<Deployment>? deployments = null;
        if (alsoRunning && !(await session.Deployments.All(cancellation)).Succeeded(out deployments, out var problems))
            return new Outcome<ValueList<FamilyCheck>>.Failure(problems);

        var checks = new List<FamilyCheck>();
        foreach (var family in session.Environment.Images.Where(family => family.Local is not null))
        {
            if (!(await session.Pin(family, cancellation)).Succeeded(out var local, out var wrong))
            {
                checks.Add(new FamilyCheck(family, "", new PinnedImageCheck.Wrong(wrong), []));
                continue;
            }

            var check = await PinnedImageCheck.Of(session.Registry, family, local.Tag, local.Digest, session.Access.Target == Target.Sandbox, cancellation);
            var digest = (check as PinnedImageCheck.Proven)?.Image.Image.Image.Digest ?? local.Digest;
            ValueList<Rollout> rollouts = deployments is null || local.Tag is null ? [] : [.. Rollout.Of(family, local.Tag, digest, deployments)];
            checks.Add(new FamilyCheck(family, local.Tag ?? "", check, rollouts));
        }

        return (ValueList<FamilyCheck>)[.. checks];
    }

    private static IEnumerable<Diagnostic> Problems(FamilyCheck check) =>
    [
        .. check.Check is PinnedImageCheck.Wrong wrong ? wrong.Problems : [],
        .. check.Rollouts.Where(rollout => rollout.State != RolloutState.RolledForward).Select(rollout => NotRolledForward.Without(
            rollout.State == RolloutState.Behind
                ? $"`{rollout.Deployment.Name}` ({rollout.Deployment.TaskDefinition}) names `{rollout.Image.Name}`, and `{check.Tag}` is pinned"
                : $"`{rollout.Deployment.Name}` still has tasks of an older image than `{check.Tag}`",
            rollout.State == RolloutState.Behind ? "plan and apply the environment" : "wait until the older tasks have ended, and check again")),
    ];
}

/// <param name="Tag">The pinned one; empty when the pin cannot be read.</param>
internal sealed record FamilyCheck(ImageFamily Family, string Tag, PinnedImageCheck Check, ValueList<Rollout> Rollouts);
