using Signalbox.Cli.Delivering;
using Signalbox.Delivery.Aws;
using Signalbox.Delivery.Aws.Ecr;
using Signalbox.Delivery.Aws.Ecs;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Git;
using Signalbox.Delivery.Images;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Terraform.Pins;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Cli.Images;

/// <summary>One environment's images, with the registry of the account that it lives in.</summary>
internal sealed record ImageSession(StateFolder State, DeclaredEnvironment Environment, AccountAccess Access, IImageRegistry Registry, IDeployments Deployments)
{
    private static readonly Rule NoFamilies = new("SB2012", Severity.Error, "The environment declares no image families");

    public static async Task<Outcome<ImageSession>> Open(Invocation invocation, DeclaredEnvironment environment, Target target, CancellationToken cancellation)
    {
        if (environment.Images.Count == 0)
            return NoFamilies.Without($"`{environment.Name}` declares no image families", $"add `images:` to it in {SignalboxFile.FileName}; see docs/images.md");
        if (!environment.For(target).Succeeded(out var settings, out var problems)
            || !(await DeliverySession.Reach(invocation, target, settings, cancellation)).Succeeded(out var access, out problems))
        {
            return new Outcome<ImageSession>.Failure(problems);
        }

        var endpoint = AwsEndpoint.Of(access, settings.Region);
        return new ImageSession(
            StateFolder.Of(invocation).Make(), environment, access, new EcrRegistry(endpoint, invocation.Clock), new EcsDeployments(endpoint, invocation.Clock));
    }

    /// <summary>Where the environment pins the family.</summary>
    public Task<Outcome<PinnedLocal>> Pin(ImageFamily family, CancellationToken cancellation) => PinnedLocal.Find(
        State.RepositoryFolder, Environment.RootFolder.In(State.RepositoryFolder), family.Local!, family, cancellation);

    public Task<Checkout> Checkout(Invocation invocation, CancellationToken cancellation) =>
        GitCheckout.Read(State.RepositoryFolder, invocation.Variables, new ProcessRunner(invocation.Clock), cancellation);

    /// <summary>Writes into the register what became of an image.</summary>
    public async Task<Outcome<RegisterEntry>> Register(Invocation invocation, EntryKind kind, FamilyImage image, ValueList<RegisterFact> more, CancellationToken cancellation)
    {
        var checkout = await Checkout(invocation, cancellation);
        var note = DeliverySession.OriginOf(invocation, Environment, Access.Target, checkout).Note(kind) with
        {
            Facts =
            [
                new("family", image.Family.Name),
                new("repository", image.Family.Repository),
                new("tag", image.Tag),
                new("digest", image.Image.Digest.Text),
                .. more,
            ],
        };
        return await new FileRegister(State.Register, invocation.Clock).Append(note, cancellation);
    }
}
