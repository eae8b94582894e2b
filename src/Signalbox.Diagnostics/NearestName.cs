namespace Signalbox.Diagnostics;

/// <summary>Finds the name that a misspelt word was probably meant to be. It is offered in a hint, never used instead.</summary>
public static class NearestName
{
    private const int LongestWord = 64;

    /// <returns>The candidate fewest slips away, the first of several equal ones; null when none is near.</returns>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
            return null;

        string? nearest = null;
        var fewest = SlipsAllowed(word) + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) >= fewest)
                continue;
            var slips = Slips(word, candidate);
            if (slips >= fewest)
                continue;
            (nearest, fewest) = (candidate, slips);
        }

        return nearest;
    }

    /// <summary>One slip for every three letters: more, and short words would all be near each other.</summary>
    private static int SlipsAllowed(string word) => Math.Max(1, word.Length / 3);

    /// <summary>
    /// Letters inserted, dropped, replaced or swapped with their neighbour (optimal string alignment); case costs nothing.
    /// </summary>
    private static int Slips(string word, string candidate)
    {
        var before = new int[candidate.Length + 1];
        var above = new int[candidate.Length + 1];
        var row = new int[candidate.Length + 1];
        for (var j = 0; j <= candidate.Length; j++)
            above[j] = j;

        for (var i = 1; i <= word.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= candidate.Length; j++)
            {
                var replaced = above[j - 1] + (Same(word[i - 1], candidate[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && Same(word[i - 1], candidate[j - 2]) && Same(word[i - 2], candidate[j - 1]))
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, above, row) = (above, row, before);
        }

        return above[candidate.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
