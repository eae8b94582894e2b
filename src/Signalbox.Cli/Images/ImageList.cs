using System.CommandLine;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Images;

/// <summary>`signalbox image list FAMILY`: the family's images, newest first, with what they say of themselves.</summary>
internal sealed class ImageList
{
    private const int Usual = 20;

    private readonly Invocation _invocation;
    private readonly FamilyChoice _choice;
    private readonly Option<int> _limit = new("--limit") { Description = $"How many of the newest to show, {Usual} unless said; 0 shows all", HelpName = "count", DefaultValueFactory = _ => Usual };

    private ImageList(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _choice = new FamilyChoice(command, invocation);
        _limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
                result.AddError("--limit takes a number from 0");
        });
        command.Add(_limit);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("list", "List a family's images, the newest push first: what each is, and where it is pinned or running.");
        _ = new ImageList(command, invocation);
        return command.WithExamples(
            "signalbox image list prefect-deployer",
            "signalbox image list prefect-base --limit 0 --json",
            "signalbox image list prefect-base --target aws");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (!(await _choice.Open(parsed, cancellation)).Succeeded(out var chosen, out var problems)
            || !(await new FamilyCatalogue(chosen.Session.Registry, chosen.Family).List(cancellation)).Succeeded(out var images, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        var limit = parsed.GetValue(_limit);
        var rows = await Rows(chosen, limit == 0 ? images : [.. images.Take(limit)], cancellation);
        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => ImageTable.Write(writer, rows, images.Count));
        else
            ImageTable.Show(_invocation.Terminal, rows, images.Count, chosen.Family);
        return ExitCode.Done;
    }

    private async Task<ValueList<ImageRow>> Rows(ChosenFamily chosen, ValueList<FamilyImage> images, CancellationToken cancellation)
    {
        var (session, family) = chosen;
        var pinned = family.Local is null ? null : new Problems().Take(await session.Pin(family, cancellation));
        var running = new Problems().Take(await session.Deployments.All(cancellation)) ?? [];
        using var fewAtOnce = new SemaphoreSlim(8);
        return [.. await Task.WhenAll(images.Select(Row))];

        async Task<ImageRow> Row(FamilyImage image)
        {
            await fewAtOnce.WaitAsync(cancellation);
            try
            {
                var description = new Problems().Take(await session.Registry.Describe(family.Repository, image.Image.Digest, cancellation));
                return new ImageRow(
                    image,
                    description,
                    pinned is not null && pinned.Tag == image.Tag ? session.Environment.Name.Text : null,
                    running.SelectMany(deployment => deployment.Tasks).Any(task => task.Digest == image.Image.Digest));
            }
            finally
            {
                fewAtOnce.Release();
            }
        }
    }
}

/// <param name="Description">Null when the image could not be read.</param>
/// <param name="PinnedBy">The environment whose local names its tag.</param>
internal sealed record ImageRow(FamilyImage Image, ImageDescription? Description, string? PinnedBy, bool IsRunning);
