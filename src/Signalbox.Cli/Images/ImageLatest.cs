using System.CommandLine;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Images;

namespace Signalbox.Cli.Images;

/// <summary>`signalbox image latest FAMILY`: the newest tag of the family, alone, for scripts.</summary>
internal sealed class ImageLatest
{
    private readonly Invocation _invocation;
    private readonly FamilyChoice _choice;

    private ImageLatest(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _choice = new FamilyChoice(command, invocation);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("latest", "Print the newest tag of a family, whatever else lies in its repository.");
        _ = new ImageLatest(command, invocation);
        return command.WithExamples(
            "signalbox image latest prefect-deployer",
            "tag=$(signalbox image latest prefect-deployer --target aws)",
            "signalbox image latest prefect-base --json");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (!(await _choice.Open(parsed, cancellation)).Succeeded(out var chosen, out var problems)
            || !(await new FamilyCatalogue(chosen.Session.Registry, chosen.Family).Latest(doubt => _invocation.Terminal.Report([doubt]), cancellation)).Succeeded(out var latest, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => ImageJson.Write(writer, latest));
        else
            _invocation.Terminal.Answer(latest.Tag);
        return ExitCode.Done;
    }
}
