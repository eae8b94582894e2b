using System.CommandLine;
using Signalbox.Delivery.Git;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Command = System.CommandLine.Command;

namespace Signalbox.Cli.Commands;

/// <summary>With what key a person signs, and under which name: said, or known to git.</summary>
internal sealed class SigningIdentity
{
    private static readonly Rule NoKey = new("SB3457", Severity.Error, "There is no key to sign with");

    private readonly Invocation _invocation;
    private readonly Option<string?> _key = new("--key") { Description = "The key to sign with; else git's `user.signingkey`", HelpName = "file" };
    private readonly Option<string?> _as = new("--as") { Description = "Your name in the file of allowed signers; else git's `user.email`", HelpName = "name" };

    public SigningIdentity(Command command, Invocation invocation)
    {
        _invocation = invocation;
        command.Add(_key);
        command.Add(_as);
    }

    public async Task<Outcome<Signer>> Find(ParseResult parsed, StateFolder state, ProcessRunner runner, CancellationToken cancellation)
    {
        var (key, email) = await GitCheckout.Signer(state.RepositoryFolder, _invocation.Variables, runner, cancellation);
        return (parsed.GetValue(_key) ?? key) is { Length: > 0 } file && (parsed.GetValue(_as) ?? email) is { Length: > 0 } name
            ? new Signer(HomeExpanded(file), name)
            : NoKey.Without("neither the options nor git say which key signs, and whose it is", "name them: `--key ~/.ssh/id_ed25519 --as you@example.org`");
    }

    private string HomeExpanded(string key) =>
        key.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(_invocation.Variables.GetValueOrDefault("HOME", "/"), key[2..]) : Path.GetFullPath(key, _invocation.Folder);
}

/// <param name="Key">A file: the private key, or the public half of one that an agent or a device holds.</param>
/// <param name="Name">As the file of allowed signers spells it.</param>
internal sealed record Signer(string Key, string Name);
