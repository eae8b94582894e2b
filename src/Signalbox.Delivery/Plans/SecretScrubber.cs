using System.Buffers;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>
/// The second net: finds sensitive values that reached an attribute nobody marked, as providers do when they echo what
/// they were given.
/// </summary>
internal sealed class SecretScrubber(ValueList<string> secrets)
{
    /// <summary>A shorter secret counts only when it is the whole value: `prod` inside `production` is not a leak.</summary>
    private const int ShortestInside = 8;

    private const string Mask = "(sensitive)";

    private readonly HashSet<string> _whole = new(secrets, StringComparer.Ordinal);
    private readonly SearchValues<string> _inside = SearchValues.Create(
        [.. secrets.Where(secret => secret.Length >= ShortestInside)], StringComparison.Ordinal);

    public bool Finds(string text) => _whole.Contains(text) || text.AsSpan().ContainsAny(_inside);

    /// <summary>The text with each long secret in it replaced, the longest first.</summary>
    public string Scrub(string text)
    {
        if (!Finds(text))
            return text;
        return secrets
            .Where(secret => secret.Length >= ShortestInside || secret == text)
            .OrderByDescending(secret => secret.Length)
            .Aggregate(text, (left, secret) => left.Replace(secret, Mask, StringComparison.Ordinal));
    }
}
