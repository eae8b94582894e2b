using System.CommandLine;
using Signalbox.Delivery.Git;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Register.Anchors;
using Signalbox.Delivery.Ssh;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Command = System.CommandLine.Command;

namespace Signalbox.Cli.Commands.Registers;

/// <summary>The anchors that a register must still contain, each checked before it is believed.</summary>
internal sealed class AnchorChoice
{
    private static readonly Rule NoSigners = new("SB3435", Severity.Error, "No file says whose anchors count");

    private readonly Invocation _invocation;
    private readonly SignersChoice _signers;
    private readonly Option<string[]> _anchors = new("--anchor") { Description = "A signed head that must still be there: a file, or a tag's name", HelpName = "anchor" };

    public AnchorChoice(Command command, Invocation invocation, SignersChoice signers)
    {
        (_invocation, _signers) = (invocation, signers);
        command.Add(_anchors);
    }

    public async Task<Outcome<ValueList<KnownHead>>> Heads(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_anchors) is not { Length: > 0 } names)
            return (ValueList<KnownHead>)[];
        var runner = new ProcessRunner(_invocation.Clock);
        if (!(await _signers.Everybody(parsed, runner, cancellation)).Succeeded(out var signers, out var problems))
            return new Outcome<ValueList<KnownHead>>.Failure(problems);
        if (signers.Length == 0)
            return NoSigners.Without("no environment's policy names a file of signers", "name one with `--signers`, or add `approval.allowed_signers` to signalbox.yml");
        var (heads, wrong) = (new List<KnownHead>(), new List<Diagnostic>());
        foreach (var name in names)
        {
            if ((await Read(name, runner, cancellation)).Succeeded(out var anchor, out problems)
                && (await anchor.Checked(new SshSignatures(runner, _invocation.Variables), signers, cancellation)).Succeeded(out var head, out problems))
            {
                heads.Add(head);
            }
            else
            {
                wrong.AddRange(problems);
            }
        }

        return wrong.Count == 0 ? (ValueList<KnownHead>)[.. heads] : new Outcome<ValueList<KnownHead>>.Failure([.. wrong]);
    }

    private async Task<Outcome<SignedAnchor>> Read(string name, ProcessRunner runner, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(name, _invocation.Folder);
        if (File.Exists(path))
            return SignedAnchor.ParseFile(name, await File.ReadAllTextAsync(path, cancellation));
        var tags = new GitTags(StateFolder.Of(_invocation).RepositoryFolder, _invocation.Variables, runner);
        return await tags.Read(name, cancellation) is { } text
            ? SignedAnchor.ParseTag(name, text)
            : AnchorRules.NotThere.Without($"there is neither a file nor a signed tag {Culprit.Quote(name)}", "fetch the tags, or name the file that `signalbox register anchor --out` wrote");
    }
}
