using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Signalbox.CircleCi.Api;

/// <summary>
/// CircleCI's HTTP API v2 for the runs of one process, on loopback. Every request needs the token, in a `Circle-Token`
/// header, as a bearer token or as the user of basic authentication, as the service takes it. The reader's token, which
/// jobs are given, looks only: a job must not approve the hold that guards it.
/// </summary>
public sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private ApiServer(WebApplication server, Uri address) => (_server, Address) = (server, address);

    public Uri Address { get; }

    /// <param name="port">0 takes any that is free.</param>
    public static async Task<ApiServer> Start(ApiContext context, ApiTokens tokens, int port, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = context.Engine.Folders.State });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 32 << 20; // a config may be large
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();

        var server = builder.Build();
        server.Use((http, next) => Admit(http, next, tokens));
        server.Use((http, next) =>
        {
            ProjectPath.Rewrite(http.Request, context.Engine.Project);
            return next(http);
        });
        server.UseRouting();
        server.UseEndpoints(_ => { });
        PipelineRoutes.Map(server, context);
        WorkflowRoutes.Map(server, context);
        ProjectRoutes.Map(server, context);
        JobRoutes.Map(server, context);
        OutputRoutes.Map(server, context);
        server.MapFallback(http => http.Refuse(StatusCodes.Status404NotFound, "Not found"));
        await server.StartAsync(cancellation);
        return new ApiServer(server, new Uri(server.Urls.First()));
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private static Task Admit(HttpContext http, RequestDelegate next, ApiTokens tokens)
    {
        // Only who speaks to this machine by its own name: a page in a browser that was led here by DNS does not.
        if (http.Request.Host.Host is not ("127.0.0.1" or "localhost"))
            return http.Refuse(StatusCodes.Status403Forbidden, "Forbidden");
        // The continuation key is the secret of that one request.
        var looksOnly = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (http.Request.Path == "/api/v2/pipeline/continue" || Given(http.Request).Any(given => Is(given, tokens.Owner) || (looksOnly && Is(given, tokens.Reader))))
            return next(http);
        return http.Refuse(StatusCodes.Status401Unauthorized, "You must log in first.");
    }

    private static bool Is(string given, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));

    private static IEnumerable<string> Given(HttpRequest request)
    {
        if (request.Headers["Circle-Token"].ToString() is { Length: > 0 } named)
            yield return named;
        if (request.Query["circle-token"].ToString() is { Length: > 0 } asked)
            yield return asked;
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            yield return authorization["Bearer ".Length..].Trim();
        if (authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) && Decoded(authorization["Basic ".Length..]) is { } pair)
            yield return pair.Split(':')[0];
    }

    private static string? Decoded(string text)
    {
        Span<byte> bytes = stackalloc byte[256];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var count) ? Encoding.UTF8.GetString(bytes[..count]) : null;
    }
}

/// <param name="Owner">Of the person; it may do everything.</param>
/// <param name="Reader">Of jobs; it may look.</param>
public sealed record ApiTokens(string Owner, string Reader)
{
    /// <summary>The reader's is another one in every process.</summary>
    public static ApiTokens Of(string owner) => new(owner, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
}
