using System.CommandLine;
using Signalbox.Cli.Delivering;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands.Registers;

/// <summary>Which register a command reads: an environment's, or the only one there is, or one that is named.</summary>
internal sealed class RegisterChoice
{
    private static readonly Rule Several = new("SB3422", Severity.Error, "There are several registers");
    private static readonly Rule NotThere = new("SB3423", Severity.Error, "There is no register there");

    private readonly Invocation _invocation;
    private readonly Option<string> _target;

    public RegisterChoice(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _target = EnvironmentChoice.TargetOption(invocation);
        command.Add(Environment);
        command.Add(_target);
    }

    public Option<string?> Environment { get; } = new("--env") { Description = "Entries about this environment only, from its register", HelpName = "name" };

    public Task<Outcome<IRegister>> Open(ParseResult parsed, CancellationToken cancellation) =>
        Declared(parsed).Succeeded(out var store, out var problems)
            ? Open(store, parsed, cancellation)
            : Task.FromResult<Outcome<IRegister>>(new Outcome<IRegister>.Failure(problems));

    /// <param name="place">A file, or `s3://bucket/prefix`.</param>
    public async Task<Outcome<IRegister>> OpenAt(string place, ParseResult parsed, CancellationToken cancellation)
    {
        if (place.StartsWith("s3://", StringComparison.Ordinal))
        {
            return RegisterStore.Parse(new SourceText("--from", place), new Span(0, place.Length), place).Succeeded(out var store, out var problems)
                ? await Open(store, parsed, cancellation)
                : new Outcome<IRegister>.Failure(problems);
        }

        var file = new FileRegister(Path.GetFullPath(place, _invocation.Folder), _invocation.Clock);
        return file.Exists ? file : NotThere.Without($"there is no file `{place}`", "name a register, or a file that `signalbox register export` wrote");
    }

    /// <summary>Without a file that declares environments there is the checkout's own register.</summary>
    private Outcome<RegisterStore> Declared(ParseResult parsed)
    {
        var state = StateFolder.Of(_invocation);
        if (!File.Exists(Path.Combine(state.RepositoryFolder, SignalboxFile.FileName)) && parsed.GetValue(Environment) is null)
            return RegisterStore.Default;
        if (!SignalboxFile.Read(state.RepositoryFolder).Succeeded(out var file, out var problems))
            return new Outcome<RegisterStore>.Failure(problems);
        if (parsed.GetValue(Environment) is { } name)
            return file.Find(name).Succeeded(out var environment, out problems) ? environment.Register : new Outcome<RegisterStore>.Failure(problems);
        RegisterStore[] stores = [.. file.Environments.Select(environment => environment.Register).Distinct()];
        return stores is [var only]
            ? only
            : Several.Without($"the environments of {SignalboxFile.FileName} keep {stores.Length} registers", "say whose with `--env`");
    }

    private Task<Outcome<IRegister>> Open(RegisterStore store, ParseResult parsed, CancellationToken cancellation) =>
        OpenRegister.At(store, TargetWords.Parse(parsed.GetValue(_target) ?? "") ?? Target.Sandbox, _invocation, cancellation);
}
