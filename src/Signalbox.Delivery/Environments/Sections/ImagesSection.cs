using System.Text.RegularExpressions;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`images`: the families of images that the environment runs.</summary>
internal static partial class ImagesSection
{
    private static readonly Rule BadName = new("SB2001", Severity.Error, "The name of an image family is not allowed");
    private static readonly Rule NoDockerfile = new("SB2002", Severity.Error, "A Dockerfile does not exist");
    private static readonly Rule BadRepository = new("SB2003", Severity.Error, "A word is not the name of an image repository");
    private static readonly Rule BadPlatform = new("SB2007", Severity.Error, "A platform is not one that Fargate runs");
    private static readonly Rule BadBase = new("SB2008", Severity.Error, "A family is built on one that cannot be its base");
    private static readonly Rule SameTags = new("SB2009", Severity.Error, "Two families of a repository would share tags");
    private static readonly Rule NotBuildable = new("SB2010", Severity.Error, "The tags of a family that is built here need a version from elsewhere");

    private static readonly SectionShape Family = new(
    [
        new("repository"), new("tag"), new("dockerfile"), new("platform"), new("local"), new("builds_on"),
    ]);

    public static SectionShape Shape { get; } = SectionShape.OfNames(Family);

    public static ValueList<ImageFamily> Read(Setting setting)
    {
        if (setting.Open(Shape) is not { } section)
            return [];
        var read = section.Settings.Select(family => (Setting: family, Family: ReadFamily(family))).ToArray();
        ValueList<ImageFamily> families = [.. read.Select(one => one.Family).OfType<ImageFamily>()];
        foreach (var (place, family) in read)
        {
            if (family is null)
                continue;
            CheckBase(place, family, families);
            if (families.TakeWhile(earlier => earlier != family).FirstOrDefault(earlier => earlier.Repository == family.Repository && earlier.Tag.Overlaps(family.Tag)) is { } other)
                Report(place, SameTags, $"tags of {Culprit.Quote(family.Name)} could also be tags of {Culprit.Quote(other.Name)}, in the same repository", "give one of the two another beginning");
        }

        return families;
    }

    private static ImageFamily? ReadFamily(Setting setting)
    {
        var named = FamilyName.IsMatch(setting.Name);
        if (!named)
            Report(setting, BadName, $"{Culprit.Quote(setting.Name)} cannot name a family of images", "begin with a letter and use at most 40 of `a-z`, `0-9` and `-`, as in `prefect-base`");
        if (setting.Open(Family) is not { } section)
            return null;

        var repository = section.Require("repository", "add `repository:` and the name of its repository in the registry") is { } name ? Repository(name) : null;
        var tag = section.Require("tag", $"add `tag:` and how its tags are made, as in `tag: {setting.Name}-{TagTemplate.ShortCommit}`") is { } template ? Tag(template) : null;
        var dockerfile = section.Find("dockerfile") is { } file ? Dockerfile(file) : null;
        var platform = section.Find("platform") is { } word ? Platform(word) : ImagePlatform.Amd64;
        var local = section.Find("local") is { } pinned ? TerraformNames.Identifier(pinned) : null;
        var buildsOn = section.Find("builds_on")?.Text();
        if (dockerfile is not null && tag is { NeedsAVersion: true })
            section.Find("tag")!.Report(NotBuildable, $"nobody would say which {TagTemplate.Version} a build has", $"use `{TagTemplate.ShortCommit}`, or take `dockerfile` away if the family is built elsewhere");
        return !named || repository is null || tag is null ? null : new ImageFamily
        {
            Name = setting.Name,
            Repository = repository,
            Tag = tag,
            Dockerfile = dockerfile,
            Platform = platform,
            Local = local,
            BuildsOn = buildsOn,
            Place = new Location(setting.Reading.Source, setting.NameSpan),
        };
    }

    private static string? Repository(Setting setting)
    {
        if (setting.Text() is not { } text)
            return null;
        if (text.Length is >= 2 and <= 256 && RepositoryName.IsMatch(text))
            return text;
        setting.Report(BadRepository, $"{Culprit.Quote(text)} is not the name of a repository in ECR", "write the name alone, without the registry and without a tag, as in `blog-data`");
        return null;
    }

    private static TagTemplate? Tag(Setting setting) =>
        setting.Text() is { } text ? setting.Reading.Problems.Take(TagTemplate.Parse(setting.Reading.Source, setting.Place, text)) : null;

    private static RepositoryPath? Dockerfile(Setting setting)
    {
        var reading = setting.Reading;
        if (setting.Text() is not { } text || reading.Problems.Take(RepositoryPath.Parse(reading.Source, setting.Place, text)) is not { } path)
            return null;
        if (reading.LookUp(path) is RepositoryEntry.File or RepositoryEntry.NotLookedAt)
            return path;
        setting.Report(NoDockerfile, $"the Dockerfile {Culprit.Quote(path.Text)} does not exist", "write its path from signalbox.yml, as in `docker/portal/Dockerfile`; its folder is what is built");
        return null;
    }

    private static ImagePlatform Platform(Setting setting)
    {
        if (setting.Text() is not { } text)
            return ImagePlatform.Amd64;
        if (ImagePlatform.Parse(text) is { } platform)
            return platform;
        setting.Report(BadPlatform, $"{Culprit.Quote(text)} is not a platform that Fargate runs", $"use {string.Join(" or ", ImagePlatform.All.Select(known => $"`{known}`"))}");
        return ImagePlatform.Amd64;
    }

    private static void CheckBase(Setting setting, ImageFamily family, ValueList<ImageFamily> families)
    {
        if (family.BuildsOn is not { } wanted)
            return;
        var found = families.FirstOrDefault(other => other.Name == wanted);
        var fault = found switch
        {
            null => "is not a family of this environment",
            _ when found == family => "is the family itself",
            { BuildsOn: not null } => "is built on another family itself",
            { Local: null } => "is not pinned, so nobody can say which of its images is meant",
            _ => null,
        };
        if (fault is null)
            return;
        var names = families.Where(other => other != family && other is { BuildsOn: null, Local: not null }).Select(other => other.Name).ToArray();
        Report(setting, BadBase, $"{Culprit.Quote(family.Name)} cannot be built on {Culprit.Quote(wanted)}, which {fault}", NearestName.Of(wanted, names) is { } nearest ? $"did you mean `{nearest}`?" : "name a family that is pinned by a `local`, or leave `builds_on` out");
    }

    private static void Report(Setting setting, Rule rule, string message, string hint) =>
        setting.Reading.Problems.Add(rule.At(setting.Reading.Source, setting.NameSpan, message, hint));

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,39}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FamilyName { get; }

    [GeneratedRegex(@"^([a-z0-9]+([._-][a-z0-9]+)*/)*[a-z0-9]+([._-][a-z0-9]+)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RepositoryName { get; }
}
