using System.CommandLine;
using System.Text.Json;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Ssh;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Command = System.CommandLine.Command;

namespace Signalbox.Cli.Commands.Registers;

/// <summary>`signalbox register verify`: proves that nobody changed the register behind its back.</summary>
internal sealed class RegisterVerify
{
    private readonly Invocation _invocation;
    private readonly RegisterChoice _choice;
    private readonly SignersChoice _signers;
    private readonly AnchorChoice _anchors;
    private readonly Option<string?> _from = new("--from") { Description = "Check this file or `s3://bucket/prefix` instead", HelpName = "place" };

    private RegisterVerify(Command command, Invocation invocation)
    {
        (_invocation, _choice) = (invocation, new RegisterChoice(command, invocation));
        command.Add(_from);
        _signers = new SignersChoice(command, invocation);
        _anchors = new AnchorChoice(command, invocation, _signers);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("verify", "Prove that no entry was altered, removed, reordered or inserted.");
        _ = new RegisterVerify(command, invocation);
        return command.WithExamples(
            "signalbox register verify",
            "signalbox register verify --from register.ndjson --anchor head.anchor",
            "signalbox register verify --from s3://acme-register/blog --target aws --json");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var opened = parsed.GetValue(_from) is { } place ? await _choice.OpenAt(place, parsed, cancellation) : await _choice.Open(parsed, cancellation);
        if (!opened.Succeeded(out var register, out var problems)
            || !(await _anchors.Heads(parsed, cancellation)).Succeeded(out var anchors, out problems)
            || !(await Check(register, anchors, cancellation)).Succeeded(out var verdict, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        verdict = verdict with { Deliveries = [.. verdict.Deliveries, .. await Signatures(parsed, verdict, cancellation)] };
        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => Write(writer, register, verdict));
        else if (verdict.Holds)
            _invocation.Terminal.Answer(verdict.Head.Sequence == 0 ? $"{register.Place} has no entries." : $"{register.Place} holds: {verdict.Head.Sequence} entries, the last with hash {verdict.Head.Hash}.");
        _invocation.Terminal.Report(verdict.Problems);
        return verdict.Holds ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task<ValueList<Diagnostic>> Signatures(ParseResult parsed, RegisterVerdict verdict, CancellationToken cancellation)
    {
        var runner = new ProcessRunner(_invocation.Clock);
        var audit = new SignatureAudit(new SshSignatures(runner, _invocation.Variables), (apply, stop) => _signers.Of(apply, parsed, runner, stop));
        return await audit.Check(verdict.SignedApplies, cancellation);
    }

    public static async Task<Outcome<RegisterVerdict>> Check(IRegister register, IEnumerable<KnownHead> anchors, CancellationToken cancellation)
    {
        try
        {
            return await RegisterCheck.Run(register, [.. KnownHead.Remembered(register), .. anchors], cancellation);
        }
        catch (IOException e)
        {
            return RegisterRules.CannotRead.Without($"`{register.Place}` cannot be read: {e.Message}", "check the file, or the bucket and the credentials");
        }
    }

    private static void Write(Utf8JsonWriter writer, IRegister register, RegisterVerdict verdict)
    {
        writer.WriteStartObject();
        writer.WriteString("register", register.Place);
        writer.WriteBoolean("holds", verdict.Holds);
        writer.WriteNumber("entries", verdict.Head.Sequence);
        writer.WriteString("head", verdict.Head.Hash);
        writer.WritePropertyName("problems");
        DiagnosticJson.Write(writer, verdict.Problems);
        writer.WriteEndObject();
    }
}
