using System.Collections.Frozen;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>Tells an image reference that always means the same image from one that may mean another tomorrow.</summary>
internal static class ImageTag
{
    private static readonly FrozenSet<string> MovingWords = FrozenSet.ToFrozenSet(
    [
        "latest", "stable", "main", "master", "trunk", "head", "edge", "nightly", "dev", "devel", "develop", "development",
        "staging", "prod", "production", "release", "current", "newest", "canary", "snapshot", "unstable", "testing", "test",
        "alpha", "beta", "rc", "lts", "next", "live", "default",
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with the reference, or null when it is concrete.</summary>
    public static string? Fault(string reference)
    {
        if (reference.Contains("@sha256:", StringComparison.Ordinal) || reference.Contains("@sha512:", StringComparison.Ordinal))
            return null;

        var name = reference[(reference.LastIndexOf('/') + 1)..];
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var tag = colon < 0 ? "" : name[(colon + 1)..];
        if (tag.Length == 0)
            return "has no tag, which means `latest`";
        if (IsMovingWord(tag))
            return $"has the moving tag `{tag}`";
        return IsOnlyAMajorVersion(tag) ? $"has only a major version, `{tag}`, for a tag" : null;
    }

    /// <summary>`main` and `stable-slim` move; `main-4f2c91a` names one build.</summary>
    private static bool IsMovingWord(string tag)
    {
        var words = tag.Split('-', '_', '.');
        return words.Contains("latest", StringComparer.OrdinalIgnoreCase)
            || (MovingWords.Contains(words[0]) && !tag.Any(char.IsAsciiDigit));
    }

    /// <summary>`3` and `v15` move with each release; `20240131` and build 48211 are somebody's own concrete numbers.</summary>
    private static bool IsOnlyAMajorVersion(string tag)
    {
        var digits = tag.StartsWith('v') ? tag.AsSpan(1) : tag;
        return digits.Length is > 0 and <= 3 && !digits.ContainsAnyExceptInRange('0', '9');
    }
}
