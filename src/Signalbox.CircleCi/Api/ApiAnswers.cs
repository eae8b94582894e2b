using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Signalbox.CircleCi.Api;

/// <summary>How the API answers: CircleCI's shapes, written as they go.</summary>
internal static class ApiAnswers
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    extension(HttpContext http)
    {
        public async Task Answer(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/json; charset=utf-8";
            await using var json = new Utf8JsonWriter(http.Response.BodyWriter, Options);
            write(json);
            await json.FlushAsync(http.RequestAborted);
        }

        public Task Refuse(int status, string message) => http.Answer(json => Message(json, message), status);

        /// <summary>A page of things, and the token that asks for the next one: `?page-token=` with it, as on the service.</summary>
        public Task AnswerItems<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
        {
            var asked = http.Request.Query["page-token"].ToString();
            if (PageToken.Read(asked) is not { } skipped)
                return http.Refuse(StatusCodes.Status400BadRequest, "The page token is not one of this API's");
            var page = items.Skip(skipped).Take(PageToken.PageSize + 1).ToList();
            return http.Answer(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("items"u8);
                foreach (var item in page.Take(PageToken.PageSize))
                    write(json, item);
                json.WriteEndArray();
                json.WriteString("next_page_token"u8, page.Count > PageToken.PageSize ? PageToken.Of(skipped + PageToken.PageSize) : null);
                json.WriteEndObject();
            });
        }

        public string Route(string name) => http.Request.RouteValues[name]?.ToString() ?? "";

        /// <summary>The request's body, or null when it is no JSON object. No body counts as an empty object.</summary>
        public async Task<JsonElement?> Body()
        {
            if (http.Request.ContentLength is 0 or null && !http.Request.Headers.TransferEncoding.ToString().Contains("chunked", StringComparison.OrdinalIgnoreCase))
                return JsonElement.Parse("{}");
            try
            {
                using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
                return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    private static void Message(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteString("message"u8, message);
        json.WriteEndObject();
    }
}
