using System.Diagnostics;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>What is known of each endpoint while a verification goes on: a table on a terminal, the newest probe elsewhere.</summary>
internal sealed class VerificationWatch(Progress progress, ValueList<Endpoint> endpoints)
{
    private const int MostRows = 12;

    private readonly Lock _one = new();
    private readonly Dictionary<string, ProbeNews> _newest = new(StringComparer.Ordinal);
    private readonly int _names = endpoints.Select(endpoint => endpoint.Name.Length).DefaultIfEmpty().Max();

    /// <summary>Takes in one probe's outcome, from any thread.</summary>
    public void Show(ProbeNews news)
    {
        lock (_one)
        {
            _newest[news.Endpoint.Name] = news;
            progress.Update(progress.HasRows ? $"{_newest.Values.Count(seen => seen.IsSettled)} of {endpoints.Count} settled" : VerifyAnswer.News(news));
            progress.Below(Rows());
        }
    }

    /// <summary>Where there are more than fit, those that are still awaited come first.</summary>
    private List<string> Rows()
    {
        var rows = (endpoints.Count <= MostRows ? endpoints.AsEnumerable() : endpoints.OrderBy(endpoint => IsSettled(endpoint.Name))).Take(MostRows).Select(Row).ToList();
        if (endpoints.Count > MostRows)
            rows.Add($"  and {endpoints.Count - MostRows} more");
        return rows;
    }

    private bool IsSettled(string name) => _newest.TryGetValue(name, out var news) && news.IsSettled;

    private string Row(Endpoint endpoint)
    {
        var news = _newest.GetValueOrDefault(endpoint.Name);
        return $"  {endpoint.Name.PadRight(_names)}  {Word(news),-15}  {Detail(news)}".TrimEnd();
    }

    private static string Word(ProbeNews? news) => (news?.Seen, news?.IsSettled) switch
    {
        (null, _) => "not seen yet",
        (Sight.AsExpected, true) => "healthy",
        (Sight.AsExpected, _) => "as expected",
        (Sight.Wrong, true) => "broken",
        (Sight.Wrong, _) => "not as expected",
        (Sight.Unseen, _) => "inconclusive",
        _ => throw new UnreachableException(),
    };

    private static string Detail(ProbeNews? news) => news?.Seen switch
    {
        Sight.Wrong wrong => $"{Said($"{wrong.Failure.Hop.Words()}: {wrong.Failure.Message}")} (probe {news.Probes})",
        Sight.Unseen unseen => $"{Said(unseen.Why)} (probe {news.Probes})",
        _ => "",
    };

    /// <summary>What an endpoint answered is a stranger's text.</summary>
    private static string Said(string text) => DisplayText.Of(text).ReplaceLineEndings(" ");
}
