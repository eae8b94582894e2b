using System.CommandLine;
using Signalbox.Cli.Delivering;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Images;

/// <summary>The words that every command on a family takes: which one, of which environment, living where.</summary>
internal sealed class FamilyChoice
{
    private static readonly Rule Unknown = new("SB2011", Severity.Error, "There is no image family of that name");
    private static readonly Rule Several = new("SB2013", Severity.Error, "Several environments declare the image family");

    private readonly Invocation _invocation;
    private readonly Argument<string> _family = new("family") { Description = "A family that signalbox.yml declares, such as prefect-deployer" };
    private readonly Option<string?> _environment = new("--environment") { Description = "Whose family, when several environments declare it", HelpName = "name" };
    private readonly Option<string> _target;

    public FamilyChoice(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _target = EnvironmentChoice.TargetOption(invocation);
        command.Add(_family);
        command.Add(_environment);
        command.Add(_target);
    }

    public Target TargetOf(ParseResult parsed) => TargetWords.Parse(parsed.GetValue(_target) ?? "") ?? Target.Sandbox;

    /// <summary>The family, with the registry that holds its images.</summary>
    public async Task<Outcome<ChosenFamily>> Open(ParseResult parsed, CancellationToken cancellation)
    {
        if (!SignalboxFile.Read(StateFolder.Of(_invocation).RepositoryFolder).Succeeded(out var file, out var problems)
            || !Environment(parsed, file).Succeeded(out var environment, out problems)
            || !(await ImageSession.Open(_invocation, environment, TargetOf(parsed), cancellation)).Succeeded(out var session, out problems))
        {
            return new Outcome<ChosenFamily>.Failure(problems);
        }

        var name = parsed.GetRequiredValue(_family);
        return environment.Images.FirstOrDefault(family => family.Name == name) is { } found
            ? new ChosenFamily(session, found)
            : NotDeclared(name, environment.Images.Select(family => family.Name));
    }

    private Outcome<DeclaredEnvironment> Environment(ParseResult parsed, SignalboxFile file)
    {
        if (parsed.GetValue(_environment) is { } chosen)
            return file.Find(chosen);
        var name = parsed.GetRequiredValue(_family);
        return file.Environments.Where(environment => environment.Images.Any(family => family.Name == name)).ToArray() switch
        {
            [var only] => only,
            [] => NotDeclared(name, file.Environments.SelectMany(environment => environment.Images).Select(family => family.Name)),
            var several => Several.Without(
                $"{string.Join(" and ", several.Select(environment => $"`{environment.Name}`"))} declare a family `{name}`", $"say which: `--environment {several[0].Name}`"),
        };
    }

    private static Diagnostic NotDeclared(string name, IEnumerable<string> names)
    {
        string[] known = [.. names.Distinct(StringComparer.Ordinal)];
        return Unknown.Without(
            $"{SignalboxFile.FileName} declares no image family {Culprit.Quote(name)}",
            NearestName.Of(name, known) is { } nearest ? $"did you mean `{nearest}`?"
                : known.Length == 0 ? $"add `images:` to an environment; see docs/images.md" : $"its families are {string.Join(", ", known.Select(Culprit.Quote))}");
    }
}

internal sealed record ChosenFamily(ImageSession Session, ImageFamily Family);
