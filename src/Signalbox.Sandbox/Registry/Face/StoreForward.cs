using Microsoft.AspNetCore.Http;

namespace Signalbox.Sandbox.Registry.Face;

/// <summary>Passes a request on to the store and its answer back, both as streams.</summary>
internal static class StoreForward
{
    /// <summary>Belong to one connection, and there are two.</summary>
    private static readonly HashSet<string> NotPassedOn = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Connection", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
    };

    public static async Task Send(HttpContext context, HttpMessageInvoker store, string path)
    {
        using var answer = await Ask(context, store, path, body: null);
        await Copy(answer, context);
    }

    /// <param name="body">Sent instead of the request's own, which was read already.</param>
    public static async Task<HttpResponseMessage> Ask(HttpContext context, HttpMessageInvoker store, string path, byte[]? body)
    {
        var given = context.Request;
        using var request = new HttpRequestMessage(new HttpMethod(given.Method), new Uri($"http://store{path}"));
        if (body is not null)
            request.Content = new ByteArrayContent(body);
        else if (given.ContentLength > 0 || given.Headers.TransferEncoding.Count > 0)
            request.Content = new PassedOnContent(given.BodyReader, given.ContentLength);
        else if (HttpMethods.IsPost(given.Method) || HttpMethods.IsPut(given.Method) || HttpMethods.IsPatch(given.Method))
            request.Content = new ByteArrayContent([]);

        foreach (var (name, values) in given.Headers)
        {
            if (NotPassedOn.Contains(name))
                continue;
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        return await store.SendAsync(request, context.RequestAborted);
    }

    public static async Task Copy(HttpResponseMessage answer, HttpContext context)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (!NotPassedOn.Contains(name))
                context.Response.Headers[name] = values.ToArray();
        }

        if (!HttpMethods.IsHead(context.Request.Method) && answer.StatusCode is not System.Net.HttpStatusCode.NoContent)
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
