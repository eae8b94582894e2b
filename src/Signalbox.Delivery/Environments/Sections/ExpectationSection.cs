using System.Buffers;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>What must be answered: `live` and `parked` of an endpoint, and its `service`.</summary>
internal static class ExpectationSection
{
    private static readonly Rule BadStatus = new("SB3051", Severity.Error, "A status is not one of HTTP's");
    private static readonly Rule BadHeader = new("SB3053", Severity.Error, "A name cannot name a header");
    private static readonly Rule NoRedirect = new("SB3057", Severity.Error, "A redirect is expected of a status that does not redirect");

    /// <summary>RFC 9110, 5.6.2.</summary>
    private static readonly SearchValues<char> TokenLetters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly int[] RedirectStatuses = [301, 302, 303, 307, 308];

    public static ValueList<KnownKey> Keys { get; } =
        [new("status"), new("redirects_to"), new("headers", SectionShape.OfNames()), new("body")];

    public static SectionShape Shape { get; } = new(Keys);

    /// <param name="section">Of a shape that has these keys.</param>
    /// <param name="usual">The status when none is written.</param>
    public static Expectation Read(Section section, int usual)
    {
        var redirect = section.Find("redirects_to");
        var written = section.Find("status") is { } status ? Status(status) : null;
        if (redirect is not null && written is { } number && !RedirectStatuses.Contains(number))
            redirect.Report(NoRedirect, $"{Culprit.Quote(redirect.Address)} is written, but the status expected is {number}", "write `status: 302`, or leave one of the two out");
        return new Expectation
        {
            Status = written ?? (redirect is null ? usual : 302),
            RedirectsTo = redirect is not null && EndpointUrl.Read(redirect, mayHaveQuery: false) is { } target ? new RedirectTarget(target) : null,
            Headers = Headers(section.Find("headers")),
            Body = Pattern(section.Find("body")),
        };
    }

    private static int? Status(Setting setting)
    {
        if (setting.Text() is not { } text)
            return null;
        if (text.Length == 3 && int.TryParse(text, out var status) && status is >= 100 and <= 599)
            return status;
        setting.Report(BadStatus, $"{Culprit.Quote(text)} is not a status of HTTP", "write its three digits, as in `200`, `302` or `503`");
        return null;
    }

    private static ValueList<ExpectedHeader> Headers(Setting? setting)
    {
        var headers = new List<ExpectedHeader>();
        foreach (var header in setting?.Open(SectionShape.OfNames())?.Settings ?? [])
        {
            if (header.Name.Length == 0 || header.Name.AsSpan().ContainsAnyExcept(TokenLetters))
                setting!.Reading.Problems.Add(BadHeader.At(header.Reading.Source, header.NameSpan, $"{Culprit.Quote(header.Name)} cannot name a header", "write the header's name alone, as in `content-type`"));
            if (Pattern(header) is { } pattern)
                headers.Add(new ExpectedHeader(header.Name.ToLowerInvariant(), pattern));
        }

        return [.. headers];
    }

    private static AnswerPattern? Pattern(Setting? setting) => setting?.Text() is { } text
        ? setting.Reading.Problems.Take(AnswerPattern.Parse(setting.Reading.Source, setting.Place, text))
        : null;
}
