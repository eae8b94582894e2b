using System.CommandLine;
using System.Text;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Recovery;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;
using Signalbox.Journal;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox recover ENV`: after an apply that was cut short, says what is true and makes the next one possible.</summary>
internal sealed class RecoverCommand
{
    private readonly Invocation _invocation;
    private readonly EnvironmentChoice _choice;
    private readonly Option<bool> _adopt = new("--adopt") { Description = "Put the drafted import blocks into the root module, for the next plan" };

    private RecoverCommand(Command command, Invocation invocation)
    {
        (_invocation, _choice) = (invocation, new EnvironmentChoice(command, invocation));
        command.Add(_adopt);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("recover", "Find out what an apply did that was cut short, and let go of its lock.");
        _ = new RecoverCommand(command, invocation);
        return command.WithExamples(
            "signalbox recover prod",
            "signalbox recover prod --adopt",
            "signalbox recover prod --target aws --json");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (!(await _choice.Open(parsed, cancellation)).Succeeded(out var session, out var problems)
            || !(await session.TakeLeaseToRecover(_invocation, "recovering", cancellation)).Succeeded(out var lease, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        await using var held = lease;
        var (name, target) = (session.Environment.Name.Text, session.Access.Target);
        var open = await UnfinishedApply.Find(session.Register, name, target, cancellation);
        var applying = open ?? await UnfinishedApply.FindFailed(session.Register, name, target, cancellation);
        if (!(await Recover(session, applying, hasEnded: open is null, parsed.GetValue(_adopt), cancellation)).Succeeded(out var recovery, out problems))
            return _invocation.Refuse(parsed, problems);

        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => RecoveryAnswer.Write(writer, recovery));
        else
            RecoveryAnswer.Show(_invocation.Terminal, recovery, name, _invocation.Folder);
        _invocation.Terminal.Report(recovery.Remarks);
        return ExitCode.Done;
    }

    /// <param name="applying">What began the apply; null when there is nothing to recover.</param>
    /// <param name="hasEnded">The register says how it ended.</param>
    private async Task<Outcome<RecoveredApply>> Recover(DeliverySession session, RegisterEntry? applying, bool hasEnded, bool adopts, CancellationToken cancellation)
    {
        await using var progress = _invocation.Terminal.Progress($"looking at what became of {session.Environment.Name}");
        if (session.Backend.RunningTerraform() is { } process)
            return LeftLock.StillRunning(session, process);
        if (!(await session.Terraform.Initialise(static _ => { }, cancellation)).Succeeded(out _, out var problems)
            || !(await LeftLock.LetGo(_invocation, session, applying, hasEnded, cancellation)).Succeeded(out var released, out problems)
            || !(await session.Backend.Addresses(cancellation)).Succeeded(out var inState, out problems))
        {
            return new Outcome<RecoveredApply>.Failure(problems);
        }

        var remarks = new List<Diagnostic>();
        if (session.Backend.LeftState() is { } left)
            remarks.Add(RecoveryRules.StateWasLeft.Without($"`{Path.GetRelativePath(_invocation.Folder, left)}` holds a state that Terraform could not store", $"run `terraform state push {Path.GetFileName(left)}` in the root module once the backend answers, and delete the file"));
        if (applying?.Note.Plan is not { } plan)
            return new RecoveredApply(null, Failed: false, released.Id, null, null, [.. remarks]);

        var journal = await ApplyJournal.Read(session.State.Journals, plan, cancellation);
        var record = ApplyJournal.RecordOf(session.State.Journals, plan);
        var apply = CutShortApply.Compare([.. journal ?? [], .. session.Backend.Said(record).Select(JournalledEvent.Of).OfType<JournalledEvent>()], inState);
        if (hasEnded && apply.Orphans.Count == 0)
            return new RecoveredApply(null, Failed: true, released.Id, null, null, [.. remarks]);
        if (journal is null)
            remarks.Add(RecoveryRules.NoJournal.Without($"plan {plan} was applied by another machine, or nothing of it was written here", "run this where it was applied; else read the next plan with care: what it creates may exist"));
        apply = await AskTheAccount(session, apply, remarks, cancellation);
        var draft = await Draft(session, apply, plan.ToString(), adopts, cancellation);
        var note = session.Note(EntryKind.Recovered) with
        {
            Plan = plan,
            Outcome = journal is null ? "what it did is not known: no journal of it is on this machine" : apply.Orphans.Count == 0 ? "nothing is missing from the state" : $"not in the state: {string.Join(", ", apply.Orphans.Select(orphan => orphan.Address))}",
            Facts = [new("applying", applying.Sequence.ToString()), new("kept", apply.Kept.ToString()), new("orphans", apply.Orphans.Count.ToString()), .. released.Id is { } id ? (RegisterFact[])[new("lock", id)] : []],
        };
        if (!(await session.Register.Append(note, cancellation)).Succeeded(out _, out problems))
            return new Outcome<RecoveredApply>.Failure(problems);
        File.Delete(record);
        return new RecoveredApply(applying, hasEnded, released.Id, apply, draft, [.. remarks]);
    }

    /// <summary>What the account does not answer is a remark: the orphans are named all the same.</summary>
    private static async Task<CutShortApply> AskTheAccount(DeliverySession session, CutShortApply apply, List<Diagnostic> remarks, CancellationToken cancellation)
    {
        LooseEnd[] known = [.. apply.Orphans.Where(orphan => orphan.Id is not null)];
        if (known.Length == 0)
            return apply;
        var scratch = Path.Combine(session.State.Recovery, $"look-{Guid.NewGuid():N}");
        if ((await session.Account.Find(known, scratch, cancellation)).Succeeded(out var inAccount, out var problems))
            return apply.With(inAccount);
        remarks.Add(RecoveryRules.AccountNotAsked.Without($"whether they are still in the account is not known: {problems[0].Message}", "look in the account for the ids that are named, before you adopt or make anything again"));
        return apply;
    }

    private static async Task<string?> Draft(DeliverySession session, CutShortApply apply, string plan, bool adopts, CancellationToken cancellation)
    {
        if (apply.Orphans.Count == 0)
            return null;
        var folder = adopts ? session.Environment.RootFolder.In(session.State.RepositoryFolder) : Path.Combine(session.State.Recovery, plan);
        var file = Path.Combine(folder, ImportDraft.FileName);
        await DurableFile.Write(file, Encoding.UTF8.GetBytes(ImportDraft.Text(apply, plan)), cancellation);
        return file;
    }
}
