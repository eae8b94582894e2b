using System.Text.Json;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Aws.Ecs;

/// <summary>Questions to ECS, page by page.</summary>
internal sealed class EcsCalls(AwsJsonService ecs)
{
    private readonly Dictionary<string, ValueList<ImageReference>> _images = new(StringComparer.Ordinal);

    /// <summary>Caught where all questions are asked: each of them can fail in the same few ways.</summary>
    public sealed class Failed(string why) : Exception(why);

    public async Task<JsonDocument> Ask(string operation, Action<Utf8JsonWriter> body, CancellationToken cancellation) =>
        await ecs.Call(operation, body, cancellation) switch
        {
            AwsAnswer.Given given => given.Content,
            AwsAnswer.Refused refused => throw new Failed($"{refused.Message} ({refused.Code})"),
            AwsAnswer.Silent silent => throw new Failed(silent.Why),
            AwsAnswer.NoKeys none => throw new Failed(none.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public async Task<ValueList<string>> Names(string operation, string list, Action<Utf8JsonWriter> body, CancellationToken cancellation)
    {
        var names = new List<string>();
        string? page = null;
        do
        {
            using var answer = await Ask(operation, Body, cancellation);
            names.AddRange(Items(answer.RootElement, list).Select(item => item.GetString()).OfType<string>());
            page = Text(answer.RootElement, "nextToken");
        }
        while (page is { Length: > 0 });
        return [.. names];

        void Body(Utf8JsonWriter writer)
        {
            body(writer);
            if (page is not null)
                writer.WriteString("nextToken", page);
        }
    }

    public async Task<ValueList<ImageReference>> ImagesOf(string definition, CancellationToken cancellation)
    {
        if (_images.TryGetValue(definition, out var known))
            return known;
        using var answer = await Ask("DescribeTaskDefinition", writer => writer.WriteString("taskDefinition", definition), cancellation);
        return _images[definition] =
        [
            .. Items(answer.RootElement.GetProperty("taskDefinition"), "containerDefinitions")
                .Select(container => ImageReference.Parse(Text(container, "image") ?? ""))
                .OfType<ImageReference>(),
        ];
    }

    public static void Write(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    public static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : [];

    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
