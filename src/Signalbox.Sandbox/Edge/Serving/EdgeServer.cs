using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Signalbox.Sandbox.Edge.Certificates;
using Signalbox.Sandbox.Edge.Daemon;

namespace Signalbox.Sandbox.Edge.Serving;

/// <summary>Kestrel on two ports of loopback: HTTPS for everybody, and a door in the clear for Signalbox alone.</summary>
internal sealed class EdgeServer : IAsyncDisposable
{
    private readonly string _token;
    private readonly WebApplication _web;
    private ListenOptions? _https;
    private ListenOptions? _door;

    public EdgeServer(SandboxFolder folder, SandboxAuthority authority, string token, EdgeLog log, TimeProvider clock)
    {
        _token = token;
        var certificates = new ShownCertificates(authority);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder.Path });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port: 0, listen =>
            {
                _https = listen;
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = hello => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = Shown(hello.ClientHelloInfo.ServerName) }),
                });
            });
            kestrel.Listen(IPAddress.Loopback, port: 0, listen => _door = listen);
        });
        _web = builder.Build();
        _web.Run(Answer);

        SslStreamCertificateContext Shown(string name) =>
            certificates.For(new CertificateLikeness(["*.cloudfront.net"], DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue));
    }

    public async Task<(int Https, int Door)> Start(CancellationToken cancellation)
    {
        await _web.StartAsync(cancellation);
        return (_https!.IPEndPoint!.Port, _door!.IPEndPoint!.Port);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private Task Answer(HttpContext context)
    {
        if (!context.Request.IsHttps)
        {
            Door(context);
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private void Door(HttpContext context)
    {
        var token = context.Request.Headers[EdgeDoor.TokenHeader].ToString();
        context.Response.StatusCode = context.Request.Path == EdgeDoor.Alive
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(_token))
            ? StatusCodes.Status204NoContent
            : StatusCodes.Status404NotFound;
    }
}
