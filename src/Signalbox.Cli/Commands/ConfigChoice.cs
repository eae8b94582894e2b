using System.CommandLine;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Config;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>Which config is meant and what it is compiled with; the commands that look at a config share it.</summary>
internal sealed class ConfigChoice
{
    private const string DefaultPath = ".circleci/config.yml";
    private const string StandardInput = "-";
    private const string PublicRegistry = "https://circleci.com/";

    private readonly Invocation _invocation;
    private readonly Func<ParseResult, string?> _path;
    private readonly Option<string[]> _parameters = Pairs("--param", "A pipeline parameter", "name=value");
    private readonly Option<string[]> _values = Pairs("--pipeline-value", "A pipeline value, such as git.branch", "name=value");
    private readonly Option<string[]> _orbs = Pairs("--orb", "The source of an orb", "ns/name@version=file");
    private readonly Option<bool> _mayMissOrbs = new("--allow-missing-orbs") { Description = "Warn of orbs that are missing, and leave out what they define" };
    private readonly Option<bool> _fetches = new("--fetch-orbs") { Description = "Ask the registry for orbs that are not vendored" };
    private readonly Option<string> _registry = new("--registry") { Description = "The registry's address", HelpName = "url", DefaultValueFactory = _ => PublicRegistry, Hidden = true };

    /// <param name="path">Where the command line names the file; null for the repository's own.</param>
    public ConfigChoice(Command command, Invocation invocation, Func<ParseResult, string?> path)
    {
        (_invocation, _path) = (invocation, path);
        foreach (var option in (Option[])[_parameters, _values, _orbs, _mayMissOrbs, _fetches, _registry])
            command.Add(option);
    }

    public async Task<Outcome<CompilationResult>> Compile(ParseResult parsed, bool checksEverything, CancellationToken cancellation)
    {
        if (!(await Read(_path(parsed), cancellation)).Succeeded(out var source, out var problems)
            || !Values(parsed).Succeeded(out var values, out problems))
        {
            return new Outcome<CompilationResult>.Failure(problems);
        }

        using var client = parsed.GetValue(_fetches) ? new HttpClient { BaseAddress = new Uri(parsed.GetRequiredValue(_registry)), Timeout = TimeSpan.FromSeconds(30) } : null;
        var request = new CompilationRequest(source)
        {
            Values = values,
            Parameters = Split(parsed.GetRequiredValue(_parameters)),
            Orbs = Orbs(parsed, client),
            MayMissOrbs = parsed.GetValue(_mayMissOrbs),
            ChecksEverything = checksEverything,
        };
        return await ConfigCompiler.Compile(request, cancellation);
    }

    private async Task<Outcome<SourceText>> Read(string? path, CancellationToken cancellation)
    {
        if (path == StandardInput)
            return await ConfigText.Read(_invocation.Terminal.Input(), "standard input", cancellation);
        var file = path is null
            ? Path.Combine(Repository.Root(_invocation.Folder), DefaultPath)
            : Path.GetFullPath(path, _invocation.Folder);
        return await ConfigText.Read(file, path ?? Path.GetRelativePath(_invocation.Folder, file), cancellation);
    }

    private Outcome<PipelineValues> Values(ParseResult parsed)
    {
        var problems = new Problems();
        var values = PipelineValues.ForChecking;
        foreach (var (name, value) in Split(parsed.GetRequiredValue(_values)))
            values = problems.Take(values.With(name, value)) ?? values;
        return problems.Conclude(() => values);
    }

    private OrbLibrary Orbs(ParseResult parsed, HttpClient? client)
    {
        var folder = Path.Combine(StateFolder.Of(_invocation).Path, "orbs");
        var files = Split(parsed.GetRequiredValue(_orbs)).ToDictionary(orb => orb.Key, orb => Path.GetFullPath(orb.Value, _invocation.Folder), StringComparer.Ordinal);
        return new OrbLibrary(folder, Path.GetRelativePath(_invocation.Folder, folder), files) { Registry = client is null ? null : new OrbRegistry(client) };
    }

    /// <summary>A later pair of the same name wins, as in a shell.</summary>
    private static Dictionary<string, string> Split(string[] pairs)
    {
        var split = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            split[pair[..at]] = pair[(at + 1)..];
        }

        return split;
    }

    private static Option<string[]> Pairs(string name, string description, string form)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = form, DefaultValueFactory = _ => [] };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"Option '{name}' takes {form}, not '{token.Value}'.");
        });
        return option;
    }
}
