using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Signalbox.Sandbox.Emulator;

/// <summary>The emulator's own paths, beside the account's; see doors.py.</summary>
internal sealed class EmulatorDoor(EmulatorRecord record)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>False too when something else took the port: it would not know this emulator's process.</summary>
    public async Task<bool> Answers(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerLimit);
        try
        {
            using var answer = await Ask(HttpMethod.Get, "alive", content: null, limit.Token);
            return answer.StatusCode == HttpStatusCode.OK && (await Said(answer, limit.Token))?.Process == record.Process;
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

    /// <summary>The account's bytes, or why the emulator cannot give them.</summary>
    public async Task<(byte[]? Account, string? Problem)> Take(CancellationToken cancellation)
    {
        using var answer = await Ask(HttpMethod.Get, "snapshot", content: null, cancellation);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadAsByteArrayAsync(cancellation), null)
            : (null, await Problem(answer, cancellation));
    }

    /// <summary>Why the emulator did not take the account, or null when it did. The bytes are run as code there.</summary>
    public async Task<string?> Restore(byte[] account, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(account);
        using var answer = await Ask(HttpMethod.Put, "snapshot", content, cancellation);
        return answer.IsSuccessStatusCode ? null : await Problem(answer, cancellation);
    }

    private async Task<HttpResponseMessage> Ask(HttpMethod method, string door, HttpContent? content, CancellationToken cancellation)
    {
        var address = new Uri($"http://127.0.0.1:{record.Port}/_signalbox/{door}");
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Add("X-Signalbox-Token", record.Token);
        return await Loopback.Client.SendAsync(request, cancellation);
    }

    private static async Task<string> Problem(HttpResponseMessage answer, CancellationToken cancellation) =>
        (await Said(answer, cancellation))?.Problem ?? $"it answered HTTP {(int)answer.StatusCode}";

    private static async Task<DoorAnswer?> Said(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync(EmulatorJson.Default.DoorAnswer, cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
