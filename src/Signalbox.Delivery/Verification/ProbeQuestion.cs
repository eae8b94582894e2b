using System.Text;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>Asks for one URL and takes down how that ended. Redirects are followed only as far as asked.</summary>
internal sealed class ProbeQuestion(HttpMessageInvoker client, Version version, TimeProvider clock)
{
    private static readonly Encoding Tolerant = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    public async Task<(Reply Reply, TimeSpan Elapsed)> Ask(Uri url, int follow, CancellationToken limit, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var reply = await Follow(url, follow, limit, cancellation);
        return (reply, clock.GetElapsedTime(started));
    }

    private async Task<Reply> Follow(Uri url, int follow, CancellationToken limit, CancellationToken cancellation)
    {
        var been = new HashSet<Uri>();
        for (var from = url; been.Add(from);)
        {
            var reply = await AskOnce(from, limit, cancellation);
            if (follow == 0 || reply is not Reply.Answered { Answer: { Status: 301 or 302 or 303 or 307 or 308 } answer }
                || RedirectTarget.Resolve(answer.Header("location") ?? "", from) is not { } next)
            {
                return reply;
            }

            if (been.Count > follow)
                return Failed(FaultKind.RedirectLoop, $"redirects more than {follow} times, last to {next.GetLeftPart(UriPartial.Path)}");
            from = next;
        }

        return Failed(FaultKind.RedirectLoop, $"redirects in a circle of {been.Count}");
    }

    private async Task<Reply> AskOnce(Uri url, CancellationToken limit, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Headers = { { "User-Agent", "signalbox-verify" }, { "Accept", "*/*" } },
        };
        var status = 0;
        try
        {
            using var response = await client.SendAsync(request, limit);
            status = (int)response.StatusCode;
            return new Reply.Answered(new Answer(url, status, Headers(response), await Body(response, limit)));
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return status == 0
                ? Failed(FaultKind.AnswerTooSlow, "no answer in time")
                : Failed(FaultKind.AnswerTooSlow, $"answered {status}, but its body did not end in time");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            return status == 0 ? BeforeAnswer(failed) : Failed(FaultKind.AnswerCutShort, $"answered {status}, but its body is cut short");
        }
    }

    private static Reply.Failed BeforeAnswer(Exception failed) => (failed as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.VersionNegotiationError =>
            Failed(FaultKind.NotHttp, $"what it answers is not HTTP: {failed.Message.TrimEnd('.')}"),
        _ => Failed(FaultKind.ConnectionLost, "the connection was cut before an answer came"),
    };

    private static Reply.Failed Failed(FaultKind kind, string message) => new(new Fault(kind, message));

    private static ValueList<AnswerHeader> Headers(HttpResponseMessage response) =>
    [
        .. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .SelectMany(header => header.Value.Select(value => new AnswerHeader(header.Key.ToLowerInvariant(), value))),
    ];

    /// <summary>The beginning of the body: however much is sent, memory is bounded.</summary>
    private static async Task<string> Body(HttpResponseMessage response, CancellationToken limit)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(limit);
        var kept = new byte[Answer.MostBodyBytes];
        var length = await stream.ReadAtLeastAsync(kept, kept.Length, throwOnEndOfStream: false, limit);
        return Tolerant.GetString(kept, 0, length);
    }
}
