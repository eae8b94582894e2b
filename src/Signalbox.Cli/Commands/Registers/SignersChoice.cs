using System.CommandLine;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Git;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Command = System.CommandLine.Command;

namespace Signalbox.Cli.Commands.Registers;

/// <summary>Whose signatures count: a file that is named, or those of the environments' policies at the base commit.</summary>
internal sealed class SignersChoice
{
    private static readonly Rule CannotRead = new("SB3436", Severity.Error, "The file of signers cannot be read");

    private readonly Invocation _invocation;
    private readonly Option<string?> _signers = new("--signers") { Description = "Whose signatures count; else `approval.allowed_signers` at the base", HelpName = "file" };

    public SignersChoice(Command command, Invocation invocation)
    {
        _invocation = invocation;
        command.Add(_signers);
    }

    /// <summary>The signers that an apply believed: those of the file that is named, else those at the commit that it wrote down.</summary>
    /// <returns>Null when they cannot be had here.</returns>
    public async Task<string?> Of(ReliedUpon apply, ParseResult parsed, ProcessRunner runner, CancellationToken cancellation)
    {
        if (parsed.GetValue(_signers) is { } named)
            return (await Named(named, cancellation)).Succeeded(out var text, out _) ? text : null;
        return apply.Signers is { } revision
            ? await GitBase.Show(StateFolder.Of(_invocation).RepositoryFolder, revision, _invocation.Variables, runner, cancellation)
            : null;
    }

    /// <summary>Everybody who may sign in any of the environments, as one file's text; empty when nothing names any.</summary>
    public async Task<Outcome<string>> Everybody(ParseResult parsed, ProcessRunner runner, CancellationToken cancellation)
    {
        if (parsed.GetValue(_signers) is { } named)
            return await Named(named, cancellation);
        var folder = StateFolder.Of(_invocation).RepositoryFolder;
        if (!File.Exists(Path.Combine(folder, SignalboxFile.FileName)))
            return "";
        if (!SignalboxFile.Read(folder).Succeeded(out var file, out var problems))
            return new Outcome<string>.Failure(problems);
        var everybody = new List<string>();
        foreach (var (signers, @base) in file.Environments.Select(environment => (environment.Approval.AllowedSigners, environment.Approval.Base)).Distinct())
        {
            if (signers is null)
                continue;
            if (!(await GitBase.Read(folder, @base, signers, _invocation.Variables, runner, cancellation)).Succeeded(out var text, out problems))
                return new Outcome<string>.Failure(problems);
            everybody.Add(text.Text.TrimEnd('\n') + "\n");
        }

        return string.Concat(everybody);
    }

    private async Task<Outcome<string>> Named(string file, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(Path.GetFullPath(file, _invocation.Folder), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CannotRead.Without($"{Culprit.Quote(file)} cannot be read: {e.Message}", "name a file in the format of ssh-keygen(1), ALLOWED SIGNERS");
        }
    }
}
