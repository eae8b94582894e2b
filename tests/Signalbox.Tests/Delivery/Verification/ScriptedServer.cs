using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Signalbox.Tests.Delivery.Verification;

/// <summary>A server on loopback that answers each path as its script says, faults and all.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2? _certificate;
    private readonly Func<string, Scripted> _script;
    private readonly Task _accepting;
    private int _open;

    /// <param name="certificate">Null to speak in the clear.</param>
    public ScriptedServer(X509Certificate2? certificate, Func<string, Scripted> script)
    {
        (_certificate, _script) = (certificate, script);
        _listener.Start();
        _accepting = Accept();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>The most connections that were open at one moment.</summary>
    public int MostOpen { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
#pragma warning disable VSTHRD003 // it began with this object, and its end is the object's
        await _accepting;
#pragma warning restore VSTHRD003
        _end.Dispose();
    }

    private async Task Accept()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(Serve(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var _ = client;
        var open = Interlocked.Increment(ref _open);
        MostOpen = Math.Max(MostOpen, open);
        try
        {
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var secured = new SslStream(stream);
                await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
                stream = secured;
            }

            using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
            while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } first)
            {
                while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 })
                    continue;
                if (!await Answer(client, stream, _script(first.Split(' ')[1])))
                    return;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The prober left, or the test is over.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task<bool> Answer(TcpClient client, Stream stream, Scripted scripted)
    {
        switch (scripted)
        {
            case Scripted.Silence:
                await Task.Delay(Timeout.Infinite, _end.Token);
                return false;
            case Scripted.Reset:
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                client.Close();
                return false;
            case Scripted.Raw raw:
                await stream.WriteAsync(Encoding.Latin1.GetBytes(raw.Text), _end.Token);
                return false;
            case Scripted.Answer answer:
                var headers = string.Concat(answer.Headers.Select(header => $"{header}\r\n"));
                var length = Encoding.UTF8.GetByteCount(answer.Body) + (answer.IsCut ? 100 : 0);
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {answer.Status} Scripted\r\n{headers}content-length: {length}\r\n\r\n{answer.Body}"), _end.Token);
                return !answer.IsCut;
            default:
                throw new InvalidOperationException();
        }
    }
}

internal abstract record Scripted
{
    public sealed record Answer(int Status, string[] Headers, string Body = "", bool IsCut = false) : Scripted;

    public sealed record Raw(string Text) : Scripted;

    public sealed record Silence : Scripted;

    public sealed record Reset : Scripted;
}
