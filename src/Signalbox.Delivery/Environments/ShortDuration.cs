namespace Signalbox.Delivery.Environments;

/// <summary>A whole number and `ms`, `s` or `m`: how signalbox.yml and the command line write what is counted in seconds.</summary>
public static class ShortDuration
{
    private const int MostDigits = 6;

    /// <summary>Null when the text is no duration.</summary>
    public static TimeSpan? Parse(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > MostDigits)
            return null;
        var count = int.Parse(text.AsSpan(0, digits));
        return text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(count),
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            _ => null,
        };
    }
}
