using System.Globalization;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>What an endpoint must answer.</summary>
public sealed record Expectation
{
    public required int Status { get; init; }

    /// <summary>Where the answer must redirect to.</summary>
    public RedirectTarget? RedirectsTo { get; init; }

    public ValueList<ExpectedHeader> Headers { get; init; } = [];

    /// <summary>What must be found in the body.</summary>
    public AnswerPattern? Body { get; init; }

    /// <summary>Everything in which an answer differs; none when it is as expected.</summary>
    public ValueList<Mismatch> Compare(Answer answer)
    {
        var found = new List<Mismatch>();
        if (answer.Status != Status)
            found.Add(new Mismatch(MismatchKind.Status, $"answered {answer.Status}{Towards(answer)}, expected {Status}{Towards()}"));
        else if (RedirectsTo is { } target && !target.IsAt(answer.Header("location") ?? "", answer.From))
            found.Add(new Mismatch(MismatchKind.Redirect, $"redirects to {Shown(answer.Header("location"))}, expected {target}"));
        foreach (var (name, pattern) in Headers)
        {
            if (answer.Header(name) is not { } value)
                found.Add(new Mismatch(MismatchKind.Header, $"sent no `{name}`, expected {pattern}"));
            else if (!pattern.IsIn(value))
                found.Add(new Mismatch(MismatchKind.Header, $"sent `{name}: {Short(value)}`, expected {pattern}"));
        }

        if (Body?.IsIn(answer.Body) is false)
            found.Add(new Mismatch(MismatchKind.Body, $"the body does not hold {Body}"));
        if (Status == 503 && answer.Header("retry-after") is { } delay && !IsDelay(delay))
            found.Add(new Mismatch(MismatchKind.Header, $"sent `retry-after: {Short(delay)}`, which is neither seconds nor a date"));
        return [.. found];
    }

    private string Towards() => RedirectsTo is null ? "" : $" to {RedirectsTo}";

    private static string Towards(Answer answer) =>
        answer.Status is >= 300 and < 400 && answer.Header("location") is { } location ? $" to {Shown(location)}" : "";

    /// <summary>RFC 9110, 10.2.3: seconds, or a date.</summary>
    private static bool IsDelay(string value) =>
        value.All(char.IsAsciiDigit) || DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Queries of redirects carry states and nonces that are nobody's business.</summary>
    private static string Shown(string? location) => location is null ? "nowhere" : Short(location.Split('?')[0]);

    private static string Short(string text)
    {
        const int longest = 80;
        var line = new string([.. text.Take(longest).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return text.Length > longest ? $"{line}…" : line;
    }
}

public sealed record ExpectedHeader(string Name, AnswerPattern Pattern);

public enum MismatchKind
{
    Status,
    Redirect,
    Header,
    Body,
}

/// <param name="Message">As it follows the name of a hop: "answered 404, expected 302".</param>
public sealed record Mismatch(MismatchKind Kind, string Message);
