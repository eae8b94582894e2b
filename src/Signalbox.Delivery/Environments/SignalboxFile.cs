using Signalbox.Delivery.Environments.Sections;
using Signalbox.Delivery.Environments.Yaml;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments;

/// <summary>signalbox.yml: what a repository delivers.</summary>
public sealed record SignalboxFile
{
    public const string FileName = "signalbox.yml";

    /// <summary>The least that such a file can say.</summary>
    internal const string Minimal = """
        version: 1
        environments:
          prod:
            root: infra/envs/prod
        """;

    private static readonly Rule UnknownEnvironment = new("SB3017", Severity.Error, "There is no environment of that name");

    private SignalboxFile(SourceText source, ValueList<DeclaredEnvironment> environments, ValueList<DeclaredContext> contexts) =>
        (Source, Environments, Contexts) = (source, environments, contexts);

    public SourceText Source { get; }

    /// <summary>In the order of the file; at least one.</summary>
    public ValueList<DeclaredEnvironment> Environments { get; }

    /// <summary>The contexts of the pipeline, in the order of the file.</summary>
    public ValueList<DeclaredContext> Contexts { get; }

    /// <summary>Every key that is read, such as `environments.*.plan.expires_after`; `*` is a name that people choose.</summary>
    internal static IEnumerable<string> KnownKeys => FileSection.Shape.Paths();

    /// <summary>Reads the file in a repository's folder, and looks whether what it points at is there.</summary>
    /// <returns>The file, or everything that is wrong with it.</returns>
    public static Outcome<SignalboxFile> Read(string repositoryFolder) =>
        SignalboxFileText.Read(repositoryFolder).Succeeded(out var source, out var problems)
            ? Parse(source, RepositoryFiles.Under(repositoryFolder))
            : new Outcome<SignalboxFile>.Failure(problems);

    public static Outcome<SignalboxFile> Parse(SourceText source, LookUp lookUp)
    {
        if (SignalboxFileText.Refusal(source) is { } refusal)
            return refusal;

        var problems = new Problems();
        var root = YamlReader.Read(source, problems);
        var (environments, contexts) = root is null && problems.Count > 0
            ? ([], [])
            : FileSection.Read(new SettingsReading(source, problems, lookUp), root);
        return problems.Conclude(() => new SignalboxFile(source, environments, contexts));
    }

    /// <summary>The environment of that name; the nearest name is offered when there is none.</summary>
    public Outcome<DeclaredEnvironment> Find(string name)
    {
        if (Environments.FirstOrDefault(environment => environment.Name.Text == name) is { } found)
            return found;
        var names = Environments.Select(environment => environment.Name.Text);
        return UnknownEnvironment.Without(
            $"{FileName} declares no environment {Culprit.Quote(name)}",
            NearestName.Of(name, names) is { } nearest ? $"did you mean `{nearest}`?" : $"its environments are {string.Join(", ", names.Select(Culprit.Quote))}");
    }
}
