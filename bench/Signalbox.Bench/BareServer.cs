using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Signalbox.Bench;

/// <summary>The floor of the edge: the same server over the same TLS, with one answer of the same size that it never thinks about.</summary>
internal static class BareServer
{
    private static readonly string Padding = new('x', 700);

    public static async Task<int> Run(TextWriter output)
    {
        using var certificate = Certificate();
        ListenOptions? listening = null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0, listen =>
        {
            listening = listen;
            listen.UseHttps(certificate);
        }));
        await using var web = builder.Build();
        web.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = Padding;
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        });
        await web.StartAsync(CancellationToken.None);
        await output.WriteLineAsync($"{listening!.IPEndPoint!.Port}");
        await output.FlushAsync(CancellationToken.None);
        var stopping = new TaskCompletionSource();
        await using var registration = web.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        await stopping.Task;
        return 0;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
