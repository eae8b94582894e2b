using System.Text;
using Signalbox.Delivery.Approvals;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register.Anchors;

/// <summary>An anchor with its signature, as a file or a git tag holds it. Nothing is believed before <see cref="Checked"/>.</summary>
public sealed record SignedAnchor
{
    /// <summary>A signature that was made for anything else does not verify.</summary>
    public const string Namespace = "signalbox-anchor";

    private const string GitNamespace = "git";
    private const string Begin = "-----BEGIN SSH SIGNATURE-----";
    private const string End = "-----END SSH SIGNATURE-----";
    private const int ArmourWidth = 70;

    private readonly Anchor _anchor;
    private readonly string _purpose;
    private readonly byte[] _signed;
    private readonly string _signature;

    private SignedAnchor(string name, Anchor anchor, string purpose, string signed, string signature) =>
        (Name, _anchor, _purpose, _signed, _signature) = (name, anchor, purpose, Encoding.UTF8.GetBytes(signed), signature);

    /// <summary>For people: the file or the tag.</summary>
    public string Name { get; }

    /// <summary>A file: the statement in one line, and the signature as `ssh-keygen` spells it.</summary>
    public static string FileOf(Anchor anchor, string signature) =>
        $"{Encoding.UTF8.GetString(anchor.ToBytes())}\n{Begin}\n{string.Join('\n', signature.Chunk(ArmourWidth).Select(line => new string(line)))}\n{End}\n";

    /// <summary>A tag's message: words for people, and the statement in its last line.</summary>
    public static string MessageOf(Anchor anchor) => $"The register's entry {anchor.Head.Sequence}\n\n{Encoding.UTF8.GetString(anchor.ToBytes())}\n";

    public static Outcome<SignedAnchor> ParseFile(string name, string text) =>
        Parted(text) is var (before, signature) && Anchor.Parse(before) is { } anchor
            ? new SignedAnchor(name, anchor, Namespace, before.TrimEnd('\n'), signature)
            : AnchorRules.NoAnchor.Without($"{Culprit.Quote(name)} holds no signed head of a register", "name a file that `signalbox register anchor --out` wrote, or a tag");

    /// <param name="text">The whole tag object, as `git cat-file tag` prints it.</param>
    public static Outcome<SignedAnchor> ParseTag(string name, string text)
    {
        if (Parted(text) is not var (before, signature) || Anchor.Parse(before.TrimEnd('\n').Split('\n')[^1]) is not { } anchor)
            return AnchorRules.NoAnchor.Without($"the tag {Culprit.Quote(name)} holds no head of a register that was signed with an SSH key", "name a tag that `signalbox register anchor --tag` made, or a file");
        // A tag can be given another name without touching what was signed: an old anchor would pass for a new one.
        return before.Split("\n\n")[0].Split('\n').Contains($"tag {name}", StringComparer.Ordinal)
            ? new SignedAnchor(name, anchor, GitNamespace, before, signature)
            : AnchorRules.NoAnchor.Without($"the tag {Culprit.Quote(name)} was signed under another name", "fetch the tags anew, and ask who moved it");
    }

    /// <summary>What the anchor knows, when its signer is one of <paramref name="signers"/> and signed just this.</summary>
    public async Task<Outcome<KnownHead>> Checked(ISignatures signatures, string signers, CancellationToken cancellation) =>
        await signatures.Refusal(signers, _anchor.Signer, _purpose, _signed, _signature, _anchor.At, cancellation) is { } refusal
            ? AnchorRules.DoesNotCount.Without($"the signature of {Culprit.Quote(_anchor.Signer)} on anchor {Culprit.Quote(Name)} does not count: {refusal}", "who may sign stands in the signers' file at the base commit, or in the file of `--signers`")
            : new KnownHead(_anchor.Head, $"anchor {Culprit.Quote(Name)} of {Culprit.Quote(_anchor.Signer)} has");

    private static (string Before, string Signature)? Parted(string text)
    {
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        return begin < 0 || end < begin ? null : (text[..begin], text[(begin + Begin.Length)..end].Replace("\n", "", StringComparison.Ordinal));
    }
}
