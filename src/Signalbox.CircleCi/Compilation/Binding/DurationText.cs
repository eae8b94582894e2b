using System.Buffers;
using System.Globalization;

namespace Signalbox.CircleCi.Compilation.Binding;

/// <summary>A duration as Go writes one, as far as CircleCI documents it: decimal numbers, each with `s`, `m` or `h`.</summary>
internal static class DurationText
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <returns>Null when the text is no duration, or an absurd one.</returns>
    public static TimeSpan? Parse(string text)
    {
        var sum = TimeSpan.Zero;
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
            return null;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return null;
            var seconds = rest[digits] switch { 's' => number, 'm' => number * 60, 'h' => number * 3600, _ => double.NaN };
            if (!(seconds <= Longest.TotalSeconds))
                return null;
            sum += TimeSpan.FromSeconds(seconds);
            rest = rest[(digits + 1)..];
        }

        return sum <= Longest ? sum : null;
    }
}
