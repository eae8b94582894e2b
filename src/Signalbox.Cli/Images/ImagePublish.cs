using System.CommandLine;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Builders;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Images;
using Signalbox.Delivery.Images.Source;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Command = System.CommandLine.Command;

namespace Signalbox.Cli.Images;

/// <summary>`signalbox image build|publish FAMILY`: the same build; `publish` asks the registry first and pushes after.</summary>
internal sealed class ImagePublish
{
    private static readonly Rule BuiltElsewhere = new("SB2056", Severity.Error, "The image family is not built here");

    private readonly Invocation _invocation;
    private readonly FamilyChoice _choice;
    private readonly Option<bool> _next = new("--next") { Description = "When the tag holds other content, use the next free one" };

    private ImagePublish(Command command, Invocation invocation, bool publishes)
    {
        _invocation = invocation;
        _choice = new FamilyChoice(command, invocation);
        if (publishes)
            command.Add(_next);
        command.SetAction((parsed, cancellation) => publishes ? Publish(parsed, cancellation) : Build(parsed, cancellation));
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("publish", "Build a family's image and push it under a tag that never moves; nothing to do when it is there.");
        _ = new ImagePublish(command, invocation, publishes: true);
        return command.WithExamples(
            "signalbox image publish prefect-base",
            "signalbox image publish prefect-base --next",
            "signalbox image publish prefect-deployer --next --target aws");
    }

    public static Command CreateBuild(Invocation invocation)
    {
        var command = new Command("build", "Build a family's image on this machine, without pushing it.");
        _ = new ImagePublish(command, invocation, publishes: false);
        return command.WithExamples(
            "signalbox image build prefect-base",
            "signalbox image build prefect-deployer",
            "signalbox image build prefect-base --json");
    }

    private async Task<int> Publish(ParseResult parsed, CancellationToken cancellation)
    {
        if (!(await _choice.Open(parsed, cancellation)).Succeeded(out var chosen, out var problems)
            || !(await Request(chosen, parsed.GetValue(_next), cancellation)).Succeeded(out var request, out problems)
            || !(await Publisher(chosen).Publish(request, _invocation.Terminal.Say, cancellation)).Succeeded(out var publication, out problems)
            || !(await Write(chosen, publication, cancellation)).Succeeded(out _, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        var image = publication.Image;
        if (parsed.GetValue(Invocation.Json))
        {
            _invocation.Terminal.Json(writer => ImageJson.Write(writer, image, more =>
            {
                more.WriteString("source", publication.Source);
                more.WriteBoolean("pushed", !publication.WasThere);
            }));
            return ExitCode.Done;
        }

        _invocation.Terminal.Answer(publication.WasThere
            ? $"{image.Family.Repository}:{image.Tag} was built from the same source; nothing to do."
            : $"{image.Family.Repository}:{image.Tag} is published: {image.Image.Digest}");
        if (image.Family.Local is not null)
            _invocation.Terminal.Say($"next: signalbox image pin {image.Family.Name} {image.Tag}");
        return ExitCode.Done;
    }

    private async Task<int> Build(ParseResult parsed, CancellationToken cancellation)
    {
        if (!(await _choice.Open(parsed, cancellation)).Succeeded(out var chosen, out var problems)
            || !(await Request(chosen, takesNext: true, cancellation)).Succeeded(out var request, out problems)
            || !(await Built(chosen, request, cancellation)).Succeeded(out var built, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        if (parsed.GetValue(Invocation.Json))
        {
            _invocation.Terminal.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("family", chosen.Family.Name);
                writer.WriteString("name", built.Build.Name);
                writer.WriteString("builder", built.Builder.Name);
                writer.WriteEndObject();
            });
        }
        else
        {
            _invocation.Terminal.Answer($"{built.Build.Name} is built with {built.Builder.Name}; it was not pushed.");
        }

        return ExitCode.Done;
    }

    private async Task<Outcome<BuiltImage>> Built(ChosenFamily chosen, PublishRequest request, CancellationToken cancellation)
    {
        var source = await SourceDigest.Of(request.RepositoryFolder, request.Family, request.Basis?.Image.Image.Digest, cancellation);
        var commit = request.Commit is { Length: >= TagTemplate.ShortCommitLength } known ? known[..TagTemplate.ShortCommitLength] : "0000000";
        return await Publisher(chosen).Build(request, request.Family.Tag.TagsFor(commit).First(), source, _invocation.Terminal.Say, cancellation);
    }

    private Publisher Publisher(ChosenFamily chosen)
    {
        var search = new BuilderSearch(_invocation.Variables, chosen.Session.State.Images, new ProcessRunner(_invocation.Clock));
        return new Publisher(chosen.Session.Registry, search.Find);
    }

    private async Task<Outcome<PublishRequest>> Request(ChosenFamily chosen, bool takesNext, CancellationToken cancellation)
    {
        var (session, family) = chosen;
        if (family.Dockerfile is null)
            return BuiltElsewhere.At(family.Place.Source, family.Place.Span, $"the family `{family.Name}` has no `dockerfile`: it is built elsewhere", "publish it where it is built, or add `dockerfile:`");
        ProvenImage? basis = null;
        if (family.BuildsOn is not null && !(await Basis(session, family, cancellation)).Succeeded(out basis, out var problems))
            return new Outcome<PublishRequest>.Failure(problems);
        var checkout = await session.Checkout(_invocation, cancellation);
        var commit = checkout.Commit is { } known && checkout.IsDirty ? $"{known}-dirty" : checkout.Commit;
        return new PublishRequest(session.State.RepositoryFolder, family, commit, basis, takesNext, session.Access.Target == Target.Sandbox);
    }

    /// <summary>The image that the environment pins for the family beneath: what is built is what runs there.</summary>
    private static async Task<Outcome<ProvenImage>> Basis(ImageSession session, ImageFamily family, CancellationToken cancellation)
    {
        var basis = session.Environment.Images.First(other => other.Name == family.BuildsOn);
        return (await session.Pin(basis, cancellation)).Succeeded(out var local, out var problems)
            ? await new ImageProof(session.Registry).Prove(basis, local.Tag, local.Digest, cancellation)
            : new Outcome<ProvenImage>.Failure(problems);
    }

    private async Task<Outcome<bool>> Write(ChosenFamily chosen, Publication publication, CancellationToken cancellation) =>
        publication.WasThere
        || (await chosen.Session.Register(_invocation, EntryKind.Published, publication.Image, [new("source", publication.Source)], cancellation)).Succeeded(out _, out var problems)
            ? true
            : new Outcome<bool>.Failure(problems);
}
