using System.CommandLine;
using System.Text;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Git;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Register.Anchors;
using Signalbox.Delivery.Ssh;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Command = System.CommandLine.Command;

namespace Signalbox.Cli.Commands.Registers;

/// <summary>`signalbox register anchor`: signs the register's head and keeps it where the register is not.</summary>
internal sealed class RegisterAnchor
{
    private readonly Invocation _invocation;
    private readonly RegisterChoice _choice;
    private readonly SigningIdentity _identity;
    private readonly SignersChoice _signers;
    private readonly Option<string?> _tag = new("--tag") { Description = "Make a signed git tag with this name", HelpName = "name" };
    private readonly Option<string?> _out = new("--out") { Description = "Write a signed file", HelpName = "file" };

    private RegisterAnchor(Command command, Invocation invocation)
    {
        (_invocation, _choice) = (invocation, new RegisterChoice(command, invocation));
        command.Add(_tag);
        command.Add(_out);
        (_identity, _signers) = (new SigningIdentity(command, invocation), new SignersChoice(command, invocation));
        command.Validators.Add(result =>
        {
            if (result.GetValue(_tag) is { Length: > 0 } == result.GetValue(_out) is { Length: > 0 })
                result.AddError("say where the anchor goes: --tag or --out");
        });
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("anchor", "Sign the register's last entry, so that a cut end shows too.");
        _ = new RegisterAnchor(command, invocation);
        return command.WithExamples(
            "signalbox register anchor --tag register/2026-03",
            "signalbox register anchor --out head.anchor --key ~/.ssh/id_ed25519.pub",
            "signalbox register anchor --env prod --target aws --tag prod/2026-03 --json");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (!(await _choice.Open(parsed, cancellation)).Succeeded(out var register, out var problems)
            || !(await Head(register, cancellation)).Succeeded(out var head, out problems)
            || !(await Make(parsed, head, cancellation)).Succeeded(out var anchor, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        var place = parsed.GetValue(_tag) is { } tag ? $"tag {tag}" : parsed.GetValue(_out)!;
        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.JsonLine(writer => writer.WriteRawValue(anchor.ToBytes()));
        else
            _invocation.Terminal.Answer($"{anchor.Signer} anchored entry {head.Sequence} of {register.Place} ({head.Hash[..12]}) in {place}");
        return ExitCode.Done;
    }

    /// <summary>What is signed must hold: an anchor of a broken register would vouch for the break.</summary>
    private static async Task<Outcome<RegisterHead>> Head(IRegister register, CancellationToken cancellation)
    {
        if (!(await RegisterVerify.Check(register, [], cancellation)).Succeeded(out var verdict, out var problems))
            return new Outcome<RegisterHead>.Failure(problems);
        if (!verdict.ChainHolds)
            return verdict.Break!;
        return verdict.Head.Sequence == 0
            ? AnchorRules.NothingToAnchor.Without($"`{register.Place}` has no entries", "deliver something first, or name another register with `--env`")
            : verdict.Head;
    }

    private async Task<Outcome<Anchor>> Make(ParseResult parsed, RegisterHead head, CancellationToken cancellation)
    {
        var (state, runner) = (StateFolder.Of(_invocation), new ProcessRunner(_invocation.Clock));
        var signatures = new SshSignatures(runner, _invocation.Variables);
        if (!(await _identity.Find(parsed, state, runner, cancellation)).Succeeded(out var signer, out var problems)
            || !(await _signers.Everybody(parsed, runner, cancellation)).Succeeded(out var signers, out problems))
        {
            return new Outcome<Anchor>.Failure(problems);
        }

        var anchor = Anchor.New(head, signer.Name, _invocation.Clock.GetUtcNow());
        if (!(await signatures.Sign(signer.Key, SignedAnchor.Namespace, anchor.ToBytes(), cancellation)).Succeeded(out var signature, out problems)
            || !SignedAnchor.ParseFile("the new one", SignedAnchor.FileOf(anchor, signature)).Succeeded(out var signed, out problems)
            || (signers.Length > 0 && !(await signed.Checked(signatures, signers, cancellation)).Succeeded(out _, out problems)))
        {
            return new Outcome<Anchor>.Failure(problems);
        }

        var complaint = parsed.GetValue(_tag) is { } tag
            ? await new GitTags(state.RepositoryFolder, _invocation.Variables, runner).Make(tag, SignedAnchor.MessageOf(anchor), signer.Key, signer.Name, cancellation)
            : await Write(Path.GetFullPath(parsed.GetValue(_out)!, _invocation.Folder), SignedAnchor.FileOf(anchor, signature), cancellation);
        return complaint is null ? anchor : complaint;
    }

    /// <summary>Never over another: an older anchor is evidence.</summary>
    private static async Task<Diagnostic?> Write(string path, string text, CancellationToken cancellation)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return AnchorRules.NotMade.Without($"`{path}` was not written: {e.Message}", "name a file that is not there yet");
        }
    }
}
