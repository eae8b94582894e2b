using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>What a verification found, for people: a table on a terminal, a line for each endpoint elsewhere.</summary>
internal static class VerifyAnswer
{
    public static void Show(Terminal terminal, VerificationReport report)
    {
        if (terminal.Redraws)
            ShowTable(terminal, report);
        else
            ShowLines(terminal, report);
        terminal.Answer(Summary(report));
    }

    public static string Summary(VerificationReport report)
    {
        var good = report.Endpoints.Count(endpoint => endpoint.Verdict is Verdict.Healthy);
        var took = report.Elapsed.TotalSeconds < 1 ? $"{report.Elapsed.TotalMilliseconds:0} ms" : Duration.Words(report.Elapsed);
        var since = report.Baseline is { } baseline ? $", compared with {baseline.TakenAt.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z" : "";
        return $"{report.Environment} in {report.Target.Word()}: {good} of {report.Endpoints.Count} endpoints healthy, expected {report.Expected.Word()}{since} ({took})";
    }

    /// <summary>One probe's outcome, while more are awaited.</summary>
    public static string News(ProbeNews news) => news.Seen switch
    {
        Sight.AsExpected => $"{news.Endpoint.Name}: as expected",
        Sight.Wrong wrong => $"{news.Endpoint.Name}: {wrong.Failure.Hop.Words()}: {wrong.Failure.Message} (probe {news.Probes})",
        Sight.Unseen unseen => $"{news.Endpoint.Name}: {unseen.Why} (probe {news.Probes})",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static void ShowLines(Terminal terminal, VerificationReport report)
    {
        var (names, verdicts) = Widths(report);
        foreach (var endpoint in report.Endpoints)
        {
            terminal.Answer($"{Painted(terminal, endpoint, verdicts)}  {endpoint.Endpoint.Name.PadRight(names)}  {Sentence(endpoint, report)}".TrimEnd());
            ShowMending(terminal, endpoint, verdicts + 2);
        }
    }

    private static void ShowTable(Terminal terminal, VerificationReport report)
    {
        const int cell = 15;
        var (names, verdicts) = Widths(report);
        var hops = string.Concat(HopWords.All.Select(hop => hop.Words().PadRight(cell)));
        terminal.Answer(terminal.Paint(Colour.Bold, $"{"endpoint".PadRight(names)}  {"verdict".PadRight(verdicts)}  {hops}".TrimEnd()));
        foreach (var endpoint in report.Endpoints)
        {
            var cells = string.Concat(HopWords.All.Select(hop => Cell(terminal, endpoint, hop, report.Expected, cell)));
            terminal.Answer($"{endpoint.Endpoint.Name.PadRight(names)}  {Painted(terminal, endpoint, verdicts)}  {cells}".TrimEnd());
            if (endpoint.Verdict is not Verdict.Healthy)
                terminal.Answer($"  {Sentence(endpoint, report)}");
            ShowMending(terminal, endpoint, 2);
        }
    }

    private static (int Names, int Verdicts) Widths(VerificationReport report) => (
        Math.Max("endpoint".Length, report.Endpoints.Max(endpoint => endpoint.Endpoint.Name.Length)),
        Math.Max("verdict".Length, report.Endpoints.Max(endpoint => endpoint.Verdict.Words.Length)));

    private static string Painted(Terminal terminal, EndpointReport endpoint, int width) => terminal.Paint(
        endpoint.Verdict switch
        {
            Verdict.Healthy => Colour.Green,
            Verdict.Inconclusive => Colour.Yellow,
            _ => Colour.Red,
        },
        endpoint.Verdict.Words.PadRight(width));

    private static string Cell(Terminal terminal, EndpointReport endpoint, Hop hop, ExpectedState expected, int width) => endpoint.StateOf(hop, expected) switch
    {
        HopState.Passed => (endpoint.Latest?.Times.Of(hop) is { } time ? $"{time.TotalMilliseconds:0.0} ms" : "passed").PadRight(width),
        HopState.Broken => terminal.Paint(Colour.Red, "broken".PadRight(width)),
        HopState.NotReached => "not reached".PadRight(width),
        HopState.NotProbed => "-".PadRight(width),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Sentence(EndpointReport endpoint, VerificationReport report)
    {
        var said = endpoint.Verdict switch
        {
            Verdict.Healthy => Seen(endpoint, report.At),
            Verdict.Inconclusive unseen => unseen.Why,
            Verdict.AlreadyBroken already =>
                $"{Told(already.Failure)} (before the apply: {Told(already.Before)})",
            var broken => Told(broken.Failing!),
        };
        return DisplayText.Of(said).ReplaceLineEndings(" ");
    }

    private static string Told(HopFailure failure) => $"{failure.Hop.Words()}: {failure.Message}";

    private static string Seen(EndpointReport endpoint, DateTimeOffset now)
    {
        var parts = new List<string>();
        if (endpoint.Latest?.Root is Reply.Answered { Answer: var answer })
            parts.Add(answer.Status is >= 300 and < 400 && answer.Header("location") is { } location ? $"{answer.Status} to {location.Split('?')[0]}" : $"{answer.Status}");
        if (endpoint.Endpoint.ThroughCloudFront)
            parts.Add("through CloudFront");
        if (endpoint.Latest?.Certificate is { } certificate)
            parts.Add($"certificate good for {certificate.DaysLeft(now)} days");
        return string.Join(", ", parts);
    }

    private static void ShowMending(Terminal terminal, EndpointReport endpoint, int indent)
    {
        if (endpoint.Verdict.Failing?.Resource is { } resource)
            terminal.Answer($"{new string(' ', indent)}mend {terminal.Paint(Colour.Bold, resource)}");
    }
}
