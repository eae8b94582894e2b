using System.CommandLine;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Git;
using Signalbox.Delivery.Images;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Command = System.CommandLine.Command;

namespace Signalbox.Cli.Images;

/// <summary>`signalbox image pin FAMILY [TAG]`: edits one tag in one Terraform file, and nothing else.</summary>
internal sealed class ImagePin
{
    private static readonly Rule NotPinnable = new("SB2014", Severity.Error, "Nothing pins the image family");

    private readonly Invocation _invocation;
    private readonly FamilyChoice _choice;
    private readonly Argument<string?> _tag = new("tag") { Description = "The tag to pin; left out with `--latest`", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _latest = new("--latest") { Description = "Pin the newest image of the family" };
    private readonly Option<bool> _digest = new("--digest") { Description = "Pin the digest too, after the tag" };
    private readonly Option<bool> _commit = new("--commit") { Description = "Commit the edited file, and it alone" };

    private ImagePin(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _choice = new FamilyChoice(command, invocation);
        command.Add(_tag);
        command.Add(_latest);
        command.Add(_digest);
        command.Add(_commit);
        command.Validators.Add(result =>
        {
            var named = result.GetValue(_tag) is not null;
            if (named == result.GetValue(_latest))
                result.AddError(named ? "a tag and `--latest` exclude each other" : "name a tag, or say `--latest`");
        });
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("pin", "Write a proven tag into the local that pins the family; every other byte stays.");
        _ = new ImagePin(command, invocation);
        return command.WithExamples(
            "signalbox image pin prefect-deployer --latest",
            "signalbox image pin prefect-base prefect-3-python3.12-ecs-1a2b3c4 --digest",
            "signalbox image pin prefect-deployer --latest --commit");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (!(await _choice.Open(parsed, cancellation)).Succeeded(out var chosen, out var problems)
            || !(await Prove(parsed, chosen, cancellation)).Succeeded(out var image, out problems)
            || !(await Pin(parsed, chosen, image, cancellation)).Succeeded(out var pinned, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => ImageJson.Write(writer, image.Image, pinned.WriteTo));
        else
            Show(image.Image, pinned);
        return ExitCode.Done;
    }

    private async Task<Outcome<ProvenImage>> Prove(ParseResult parsed, ChosenFamily chosen, CancellationToken cancellation)
    {
        var (session, family) = chosen;
        if (family.Local is null)
            return NotPinnable.At(family.Place.Source, family.Place.Span, $"the family `{family.Name}` has no `local` that pins it", "add `local:` and the name of the local in the root module");
        var tag = parsed.GetValue(_tag);
        if (tag is null)
        {
            if (!(await new FamilyCatalogue(session.Registry, family).Latest(static _ => { }, cancellation)).Succeeded(out var latest, out var problems))
                return new Outcome<ProvenImage>.Failure(problems);
            tag = latest.Tag;
        }

        return await new ImageProof(session.Registry).Prove(family, tag, digest: null, cancellation);
    }

    private async Task<Outcome<Pinned>> Pin(ParseResult parsed, ChosenFamily chosen, ProvenImage image, CancellationToken cancellation)
    {
        var (session, family) = chosen;
        if (!(await session.Pin(family, cancellation)).Succeeded(out var local, out var problems))
            return new Outcome<Pinned>.Failure(problems);

        var edit = local.To(image, parsed.GetValue(_digest));
        if (!edit.ChangesAnything)
            return new Pinned(local.File, Diff: null, Commit: null);

        var git = new GitCommit(session.State.RepositoryFolder, _invocation.Variables, new ProcessRunner(_invocation.Clock));
        var commits = parsed.GetValue(_commit);
        if (commits && await git.Refusal(local.File, cancellation) is { } unclean)
            return unclean;
        if (await edit.Write(cancellation) is { } unwritten)
            return unwritten;
        string? commit = null;
        if (commits && !(await git.Make(local.File, $"Pin {family.Name} to {image.Image.Tag}\n\nThe image is {image.Image.Image.Digest}.", cancellation)).Succeeded(out commit, out problems))
            return new Outcome<Pinned>.Failure(problems);
        ValueList<RegisterFact> before = local.Tag is null ? [] : [new("before", local.Tag)];
        return (await session.Register(_invocation, EntryKind.Pinned, image.Image, before, cancellation)).Succeeded(out _, out problems)
            ? new Pinned(local.File, edit.Diff(), commit)
            : new Outcome<Pinned>.Failure(problems);
    }

    private void Show(FamilyImage image, Pinned pinned)
    {
        var terminal = _invocation.Terminal;
        if (pinned.Diff is null)
        {
            terminal.Answer($"{pinned.File} already pins {image.Tag}; nothing is changed.");
            return;
        }

        foreach (var line in pinned.Diff.Split('\n'))
            terminal.Answer(line.StartsWith('+') ? terminal.Paint(Colour.Green, line) : line.StartsWith('-') ? terminal.Paint(Colour.Red, line) : line);
        terminal.Say(pinned.Commit is { } commit ? $"committed as {commit[..7]}; next: push it, and plan" : "next: commit it, and plan");
    }

    /// <param name="Diff">Null when the file already said so.</param>
    private sealed record Pinned(string File, string? Diff, string? Commit)
    {
        public void WriteTo(System.Text.Json.Utf8JsonWriter writer)
        {
            writer.WriteString("file", File);
            writer.WriteBoolean("changed", Diff is not null);
            if (Diff is not null)
                writer.WriteString("diff", Diff);
            if (Commit is not null)
                writer.WriteString("pin_commit", Commit);
        }
    }
}
