using System.Net;
using Signalbox.Sandbox.Emulator;

namespace Signalbox.Sandbox.Edge.Daemon;

/// <summary>How Signalbox asks an edge whether it is the one of the record.</summary>
internal static class EdgeDoor
{
    public const string Alive = "/alive";
    public const string TokenHeader = "X-Signalbox-Token";

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>False too when something else took the port: it would not know the token.</summary>
    public static async Task<bool> Answers(EdgeRecord record, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerLimit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{record.DoorPort}{Alive}"));
            request.Headers.Add(TokenHeader, record.Token);
            using var answer = await Loopback.Client.SendAsync(request, limit.Token);
            return answer.StatusCode == HttpStatusCode.NoContent;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
