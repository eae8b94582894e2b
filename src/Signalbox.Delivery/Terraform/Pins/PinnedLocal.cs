using Signalbox.Delivery.Images;
using Signalbox.Delivery.Terraform.Hcl;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform.Pins;

/// <summary>The local that pins an image, and exactly where its tag stands.</summary>
public sealed class PinnedLocal
{
    private readonly TerraformFile _file;
    private readonly Span _tail;

    private PinnedLocal(TerraformFile file, Span value, Span tail, PinnedTail pinned)
    {
        (_file, _tail) = (file, tail);
        (Repository, Tag, Digest) = (pinned.Repository, pinned.Tag, pinned.Digest);
        Place = new Location(file.Source, value);
    }

    /// <summary>Null when it stands inside an interpolation.</summary>
    public string? Repository { get; }

    public string? Tag { get; }

    public ImageDigest? Digest { get; }

    /// <summary>The whole value, quotes included.</summary>
    public Location Place { get; }

    /// <summary>The file that holds it, relative to the repository.</summary>
    public string File => _file.Source.Path;

    public string FullPath => _file.FullPath;

    /// <summary>Finds the one definition among all `.tf` files of the root module.</summary>
    public static async Task<Outcome<PinnedLocal>> Find(string repositoryFolder, string rootFolder, string local, ImageFamily family, CancellationToken cancellation)
    {
        var problems = new Problems();
        var found = new List<(TerraformFile File, HclLocal Local)>();
        var names = new List<string>();
        foreach (var path in Directory.EnumerateFiles(rootFolder, "*.tf").Order(StringComparer.Ordinal))
        {
            if (problems.Take(await TerraformFile.Read(repositoryFolder, path, cancellation)) is not { } file)
                continue;
            foreach (var candidate in HclLocals.In(file.Source.Text))
            {
                var name = file.Source.Text.Substring(candidate.Name.Start, candidate.Name.Length);
                names.Add(name);
                if (name == local)
                    found.Add((file, candidate));
            }
        }

        if (problems.Count > 0)
            return problems.Conclude<PinnedLocal>(() => throw new System.Diagnostics.UnreachableException());
        return found switch
        {
            [] => Absent(Path.GetRelativePath(repositoryFolder, rootFolder), local, names),
            [var only] => Read(only.File, only.Local, local, family),
            [var first, var second, ..] => PinRules.Twice.At(
                second.File.Source,
                second.Local.Name,
                $"`local.{local}` is also defined in {first.File.Source.Path}, line {first.File.Source.PositionOf(first.Local.Name.Start).Line}",
                "keep one of them; Terraform refuses both"),
        };
    }

    /// <summary>What would change, without changing it.</summary>
    public PinEdit To(ProvenImage image, bool withDigest)
    {
        var replacement = $":{image.Image.Tag}{(withDigest ? $"@{image.Image.Image.Digest}" : "")}";
        return new PinEdit(_file, _tail, replacement);
    }

    private static Diagnostic Absent(string rootFolder, string local, List<string> names) => PinRules.Missing.Without(
        $"no `.tf` file in `{rootFolder.Replace('\\', '/')}` defines `local.{local}`",
        NearestName.Of(local, names) is { } nearest
            ? $"did you mean `{nearest}`? Correct the family's `local` in signalbox.yml"
            : $"add `{local} = \"…\"` to a `locals` block there, or correct the family's `local` in signalbox.yml");

    private static Outcome<PinnedLocal> Read(TerraformFile file, HclLocal local, string name, ImageFamily family)
    {
        var text = file.Source.Text;
        if (local.Pieces != 1 || local.FirstKind != HclTokenKind.Text || text[local.Value.Start] != '"' || local.Value.Length < 2 || text[local.Value.End - 1] != '"')
        {
            return PinRules.NotText.At(
                file.Source, local.Value, $"`local.{name}` is not one quoted string, so there is no tag to edit in it",
                "write it as one string on one line, as in `\"${var.registry}/blog-data:tag\"`");
        }

        var inside = new Span(local.Value.Start + 1, local.Value.Length - 2);
        var literal = PinnedTail.LiteralEndOf(text, inside);
        if (PinnedTail.Read(text.Substring(literal.Start, literal.Length), followsInterpolation: literal.Start > inside.Start) is not { } tail)
        {
            return PinRules.NotLiteral.At(
                file.Source, local.Value, $"`local.{name}` does not end with a tag that is written out",
                "write the tag in the string itself, after the repository and a colon");
        }

        if (tail.Repository is not null && tail.Repository != family.Repository)
        {
            return PinRules.OtherRepository.At(
                file.Source, local.Value, $"`local.{name}` names the repository {Culprit.Quote(tail.Repository)}, and {Culprit.Quote(family.Name)} is in {Culprit.Quote(family.Repository)}",
                "correct the family's `repository` or `local` in signalbox.yml");
        }

        return new PinnedLocal(file, local.Value, new Span(literal.Start + tail.Start, literal.Length - tail.Start), tail);
    }
}
