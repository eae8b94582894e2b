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
    private readonly CancellationTokenSource _life = new();
    private readonly string _token;
    private readonly Visitors _visitors;
    private readonly WebApplication _web;
    private ListenOptions? _https;
    private ListenOptions? _door;

    public EdgeServer(SandboxFolder folder, SandboxAuthority authority, string token, EdgeLog log, TimeProvider clock)
    {
        _token = token;
        var account = new AccountCache(folder, clock, _life.Token);
        _visitors = new Visitors(account, log, clock);
        var certificates = new CertificateChoice(new ShownCertificates(authority), clock);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder.Path });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port: 0, listen =>
            {
                _https = listen;
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = Greet });
            });
            kestrel.Listen(IPAddress.Loopback, port: 0, listen => _door = listen);
        });
        _web = builder.Build();
        _web.Run(Answer);

        async ValueTask<SslServerAuthenticationOptions> Greet(TlsHandshakeCallbackContext hello)
        {
            var moment = await account.Now(hello.CancellationToken);
            return new SslServerAuthenticationOptions { ServerCertificateContext = certificates.For(moment.Reading, hello.ClientHelloInfo.ServerName) };
        }
    }

    public async Task<(int Https, int Door)> Start(CancellationToken cancellation)
    {
        await _web.StartAsync(cancellation);
        return (_https!.IPEndPoint!.Port, _door!.IPEndPoint!.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        await _web.DisposeAsync();
        _life.Dispose();
    }

    private Task Answer(HttpContext context)
    {
        if (context.Request.IsHttps)
            return _visitors.Answer(context);
        Door(context);
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
