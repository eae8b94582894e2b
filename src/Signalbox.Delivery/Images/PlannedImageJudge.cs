using System.Text.RegularExpressions;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>
/// Judges the images that a plan would start: each must be in the account's registry, of the family that its tag says,
/// and for the platform that is needed. Images of other registries are not ours to look at.
/// </summary>
/// <param name="families">The families of the environment.</param>
/// <param name="isSandbox">Into the sandbox nothing comes by itself, so an image that is built elsewhere may be missing there.</param>
public sealed partial class PlannedImageJudge(IImageRegistry registry, string account, ValueList<ImageFamily> families, bool isSandbox)
{
    public static readonly Rule Missing = new("SB2060", Severity.Error, "A planned image does not exist");
    public static readonly Rule Unfit = new("SB2061", Severity.Error, "A planned image is not what its name says");
    public static readonly Rule Unseen = new("SB2062", Severity.Warning, "Nobody could look at a planned image");
    public static readonly Rule NotYet = new("SB2063", Severity.Note, "A planned image is not published yet");

    /// <summary>One finding for each image, at the first resource that names it.</summary>
    public async Task<IReadOnlyCollection<Finding>> Judge(PlanReading plan, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var named in plan.Images.GroupBy(image => image.Reference, StringComparer.Ordinal).Select(same => same.First()))
        {
            if (ImageReference.Parse(named.Reference) is { } reference && Registry.Match(reference.Host) is { Success: true } host && host.Groups["account"].Value == account
                && await Judge(named, reference, plan.NewRepositories, cancellation) is { } finding)
            {
                findings.Add(finding);
            }
        }

        return findings;
    }

    private async Task<Finding?> Judge(PlannedImage named, ImageReference image, ValueList<string> newRepositories, CancellationToken cancellation)
    {
        var name = $"{image.Repository}:{image.Name}";
        var family = families.FirstOrDefault(family => family.Repository == image.Repository && image.Tag is { } tag && family.Tag.Matches(tag));
        var publish = family is { Dockerfile: not null } ? $"run `signalbox image publish {family.Name}`" : $"publish it where `{image.Repository}` is built";
        var lookUp = await registry.Find(image.Repository, image.Digest is { } digest ? new ImageName.ByDigest(digest) : new ImageName.ByTag(image.Name), cancellation);
        switch (lookUp)
        {
            case ImageLookUp.Found found:
                return await Judge(named, found.Image, image, family, cancellation);
            case ImageLookUp.NoRepository when newRepositories.Contains(image.Repository, StringComparer.Ordinal):
                return Say(NotYet, Judgement.Note, $"`{name}` cannot be there yet: this plan makes its repository", $"{publish} after the apply");
            case ImageLookUp.NoRepository:
                return Say(Missing, Judgement.Deny, $"`{name}` does not exist, nor does its repository, and this plan does not make it", $"correct the reference, or {publish}");
            case ImageLookUp.NoImage when isSandbox && !await HoldsImages(image.Repository, cancellation):
                return Say(NotYet, Judgement.Note, $"`{name}` is not there: nothing was ever published to `{image.Repository}` in this sandbox", publish);
            case ImageLookUp.NoImage:
                return Say(Missing, Judgement.Deny, $"`{name}` does not exist in the registry, so no task could start", family is null ? publish : $"{publish}, or `signalbox image pin {family.Name} --latest`");
            case ImageLookUp.Refused refused:
                return Say(Unseen, Judgement.Hold, $"nobody could look at `{name}`: {refused.Problem.Message}", "look at it yourself before you approve");
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        Finding Say(Rule rule, Judgement judgement, string message, string hint) => new(rule, judgement, named.Address, message, hint);
    }

    private async Task<Finding?> Judge(PlannedImage named, PublishedImage found, ImageReference image, ImageFamily? family, CancellationToken cancellation)
    {
        if (!(await registry.Describe(image.Repository, found.Digest, cancellation)).Succeeded(out var description, out var problems))
            return new Finding(Unseen, Judgement.Hold, named.Address, $"nobody could look at `{image.Repository}:{image.Name}`: {problems[0].Message}", "look at it yourself before you approve");
        var platform = (family?.Platform ?? ImagePlatform.Amd64).Text;
        var fault = description switch
        {
            { Family: { } labelled } when family is not null && labelled != family.Name => $"calls itself an image of `{labelled}`, not of `{family.Name}`",
            _ when !description.Platforms.Contains(platform, StringComparer.Ordinal) => $"is for {string.Join(", ", description.Platforms)}, and `{platform}` is needed",
            _ => null,
        };
        return fault is null
            ? null
            : new Finding(Unfit, Judgement.Deny, named.Address, $"`{image.Repository}:{image.Name}` {fault}", family is null ? $"publish it for `{platform}`" : $"pin another: `signalbox image list {family.Name}`");
    }

    private async Task<bool> HoldsImages(string repository, CancellationToken cancellation) =>
        !(await registry.Images(repository, static _ => true, cancellation)).Succeeded(out var images, out _) || images.Count > 0;

    [GeneratedRegex(@"^(?<account>[0-9]{12})\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Registry { get; }
}
