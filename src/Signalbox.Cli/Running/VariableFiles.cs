using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Running;

/// <summary>
/// The variables that a person keeps for pipelines, outside the repository's history: `.signalbox/contexts/NAME.env` for
/// a context, `.signalbox/project.env` for the project. What signalbox.yml declares may come from the environment instead.
/// </summary>
internal static class VariableFiles
{
    private const UnixFileMode OthersMayRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private static readonly Rule Exposed = new("SB6005", Severity.Error, "A file of secrets can be read by others");
    private static readonly Rule BadLine = new("SB6007", Severity.Error, "A line is not NAME=value");

    public static async Task<Outcome<VariableSources>> Read(
        string stateFolder, string repository, IReadOnlyDictionary<string, string> variables, CancellationToken cancellation)
    {
        var problems = new Problems();
        var contexts = new Dictionary<string, ValueList<Variable>>(StringComparer.Ordinal);
        var place = Path.Combine(stateFolder, "contexts");
        foreach (var file in Directory.Exists(place) ? Directory.EnumerateFiles(place, "*.env").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
            contexts[Path.GetFileNameWithoutExtension(file)] = await Lines(file, problems, cancellation);
        var project = Path.Combine(stateFolder, "project.env");
        var sources = new VariableSources { Project = File.Exists(project) ? await Lines(project, problems, cancellation) : [], Contexts = contexts };
        if (File.Exists(Path.Combine(repository, SignalboxFile.FileName)))
        {
            if (!SignalboxFile.Read(repository).Succeeded(out var file, out var wrong))
                return new Outcome<VariableSources>.Failure(wrong);
            sources = Declared(sources, file.Contexts, variables);
        }

        return problems.Conclude(() => sources);
    }

    private static VariableSources Declared(VariableSources sources, ValueList<DeclaredContext> declared, IReadOnlyDictionary<string, string> variables)
    {
        var contexts = new Dictionary<string, ValueList<Variable>>(sources.Contexts, StringComparer.Ordinal);
        var missing = new Dictionary<string, ValueList<string>>(StringComparer.Ordinal);
        foreach (var context in declared)
        {
            var known = contexts.GetValueOrDefault(context.Name) ?? [];
            var fromEnvironment = context.Required.Concat(context.Optional)
                .Where(name => known.All(variable => variable.Name != name) && variables.GetValueOrDefault(name) is { Length: > 0 })
                .Select(name => new Variable(name, variables[name]));
            ValueList<Variable> given = [.. known, .. fromEnvironment];
            contexts[context.Name] = given;
            missing[context.Name] = [.. context.Required.Where(name => given.All(variable => variable.Name != name))];
        }

        return sources with { Contexts = contexts, Missing = missing };
    }

    /// <summary>NAME=value, one a line; blank lines and lines that begin with # say nothing. Quotes belong to the value unless they enclose it.</summary>
    private static async Task<ValueList<Variable>> Lines(string file, Problems problems, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & OthersMayRead) != UnixFileMode.None)
            problems.Add(Exposed.Without($"{file} holds secrets and is not private", $"run `chmod 600 {file}`"));
        var source = new SourceText(file, await File.ReadAllTextAsync(file, cancellation));
        var variables = new List<Variable>();
        for (var number = 1; number <= source.LineCount; number++)
        {
            var line = source.Line(number).Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            var name = (line.StartsWith("export ", StringComparison.Ordinal) ? line["export ".Length..] : line).Split('=')[0].Trim();
            if (!line.Contains('=', StringComparison.Ordinal) || !IsName(name))
                problems.Add(BadLine.Without($"line {number} of {file} is not `NAME=value`", "correct it; its value is not shown here, because it may be secret"));
            else
                variables.Add(new Variable(name, Unquoted(line[(line.IndexOf('=') + 1)..].Trim())));
        }

        return [.. variables];
    }

    private static bool IsName(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static string Unquoted(string value) =>
        value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
}
