using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Signalbox.Sandbox;

namespace Signalbox.Tests.Sandbox.Edge;

/// <summary>A client that connects every name to the edge and trusts its authority alone, or goes on when it does not.</summary>
internal sealed class EdgeVisitor : IDisposable
{
    private readonly HttpClient _client;
    private X509ChainStatusFlags _chain;
    private SslPolicyErrors _refused;

    /// <param name="name">What to say in TLS when it is not the host: then ask for `http:`, as the TLS is made here.</param>
    public EdgeVisitor(SandboxEdge edge, string? name = null)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(edge.Endpoint, cancellation);
                var stream = new NetworkStream(socket, ownsSocket: true);
                if (name is null)
                    return stream;
                // HttpClient always says the Host header's name, so another one takes a stream of our own.
                var secure = new SslStream(stream);
                await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name, RemoteCertificateValidationCallback = Note }, cancellation);
                return secure;
            },
        };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(edge.AuthorityFile) },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = Note;
        _client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>What a strict client would have refused, and what one that does not care was answered.</summary>
    public async Task<EdgeAnswer> Ask(string url, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, url);
        using var answer = await _client.SendAsync(request, TemporaryRepository.Cancellation);
        return new EdgeAnswer(
            (int)answer.StatusCode,
            await answer.Content.ReadAsStringAsync(TemporaryRepository.Cancellation),
            string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Select(header => $"{header.Key.ToLowerInvariant()}: {string.Join(", ", header.Value)}")),
            _refused,
            _chain);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Notes what a strict client would refuse, and goes on.</summary>
    private bool Note(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors problems)
    {
        _refused = problems;
        _chain = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        return true;
    }
}

/// <param name="Headers">One a line, names in lower case.</param>
internal sealed record EdgeAnswer(int Status, string Body, string Headers, SslPolicyErrors Refused, X509ChainStatusFlags Chain);
