namespace Signalbox.Delivery.Plans;

/// <summary>Makes long values short so that what differs between two of them still differs.</summary>
internal static class Shortening
{
    /// <summary>Values up to this many characters are shown whole.</summary>
    public const int Longest = 96;

    private const int Context = 16;
    private const int Middle = 48;

    public static string Alone(string text) => text.Length <= Longest ? text : Cut(text, 0, text.Length, Longest - Context);

    public static (string Old, string New) Together(string old, string @new)
    {
        if (old.Length <= Longest && @new.Length <= Longest)
            return (old, @new);

        var shared = Math.Min(old.Length, @new.Length);
        var start = old.AsSpan().CommonPrefixLength(@new);
        var end = 0;
        while (end < shared - start && old[^(end + 1)] == @new[^(end + 1)])
            end++;
        return (Around(old, start, end), Around(@new, start, end));
    }

    /// <summary>The part that differs, with a little of what surrounds it.</summary>
    private static string Around(string text, int sameStart, int sameEnd)
    {
        var from = Math.Max(0, sameStart - Context);
        var to = Math.Min(text.Length, text.Length - sameEnd + Context);
        return Cut(text, from, to, Context + Middle);
    }

    private static string Cut(string text, int from, int to, int kept)
    {
        from = Whole(text, from);
        to = Whole(text, to);
        var head = from > 0 ? "…" : "";
        if (to - from <= kept + (2 * Context))
            return $"{head}{text[from..to]}{(to < text.Length ? "…" : "")}";

        var firstEnd = Whole(text, from + kept);
        return $"{head}{text[from..firstEnd]}… ({text.Length:N0} characters)";
    }

    /// <summary>The same place, or one earlier if it lies inside a surrogate pair.</summary>
    private static int Whole(string text, int at) =>
        at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;
}
