using System.Diagnostics;
using System.Text;

namespace Signalbox.Delivery.Register;

public static class EntryKinds
{
    public static IReadOnlyList<EntryKind> All { get; } = Enum.GetValues<EntryKind>();

    private static readonly Dictionary<string, EntryKind> ByWord = All.ToDictionary(kind => kind.Word(), StringComparer.Ordinal);

    /// <summary>The word that the register, the command line and `--json` use.</summary>
    public static string Word(this EntryKind kind) => kind switch
    {
        EntryKind.Planned => "planned",
        EntryKind.Approved => "approved",
        EntryKind.Rejected => "rejected",
        EntryKind.Applying => "applying",
        EntryKind.Applied => "applied",
        EntryKind.Failed => "failed",
        EntryKind.Verified => "verified",
        EntryKind.Parked => "parked",
        EntryKind.Unparked => "unparked",
        EntryKind.KeptAwake => "kept_awake",
        EntryKind.Published => "published",
        EntryKind.Pinned => "pinned",
        EntryKind.Recovered => "recovered",
        EntryKind.BrokeGlass => "broke_glass",
        _ => throw new UnreachableException(),
    };

    private static readonly (byte[] Word, EntryKind Kind)[] ByBytes = [.. All.Select(kind => (Encoding.ASCII.GetBytes(kind.Word()), kind))];

    public static EntryKind? Parse(string word) => ByWord.TryGetValue(word, out var kind) ? kind : null;

    internal static bool TryParse(ReadOnlySpan<byte> word, out EntryKind kind)
    {
        foreach (var (known, its) in ByBytes)
        {
            kind = its;
            if (word.SequenceEqual(known))
                return true;
        }

        kind = default;
        return false;
    }
}
