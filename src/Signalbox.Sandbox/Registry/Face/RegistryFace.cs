using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Sandbox.Emulator;

namespace Signalbox.Sandbox.Registry.Face;

/// <summary>Kestrel on one port of loopback, which speaks the OCI distribution protocol as ECR does.</summary>
internal sealed class RegistryFace : IAsyncDisposable
{
    public const string Alive = "/_signalbox/alive";

    private readonly RegistryFolder _folder;
    private readonly string _token;
    private readonly TimeProvider _clock;
    private readonly WebApplication _web;
    private readonly HttpMessageInvoker _store;
    private ListenOptions? _listening;

    public RegistryFace(RegistryFolder folder, StoreSocket socket, string token, TimeProvider clock)
    {
        (_folder, _token, _clock) = (folder, token, clock);
        _store = socket.Client();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder.Path });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // a layer has no limit that we know better than the client
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port: 0, listen => _listening = listen);
        });
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(new LayerMemory());
        _web = builder.Build();
        _web.Run(Answer);
    }

    /// <returns>The port.</returns>
    public async Task<int> Start(CancellationToken cancellation)
    {
        await _web.StartAsync(cancellation);
        return _listening!.IPEndPoint!.Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _store.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        try
        {
            await Route(context);
        }
        catch (HttpRequestException) when (!context.Response.HasStarted)
        {
            await RegistryRefusal.Away.Write(context.Response);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; what it had sent of a layer is not yet anything.
        }
    }

    private async Task Route(HttpContext context)
    {
        if (context.Request.Path == Alive)
        {
            await context.Response.WriteAsync(_token, context.RequestAborted);
            return;
        }

        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        if (context.Request.Headers.Authorization.ToString() is not { Length: > 0 } authorization)
        {
            await RegistryRefusal.Challenge(context.Response);
            return;
        }

        // Read anew each time: the account may have been reset since, and an old token is of another account.
        var emulator = await EmulatorRecord.Read(new SandboxFolder(_folder.Sandbox).RecordFile, context.RequestAborted);
        var refusal = emulator?.Port is null ? RegistryRefusal.Away : AuthorizationToken.Refusal(authorization, emulator.Token, _clock.GetUtcNow());
        if (refusal is not null)
        {
            await refusal.Write(context.Response);
            return;
        }

        if (context.Request.Path.Value is "/v2" or "/v2/")
            await context.Response.WriteAsync("{}", context.RequestAborted);
        else if (RegistryPath.Parse(context.Request.Path.Value ?? "") is { } path)
            await new RegistryRequest(context, path, new EmulatedEcr(emulator!), _store).Answer();
        else
            await RegistryRefusal.NoSuchPath.Write(context.Response);
    }
}
