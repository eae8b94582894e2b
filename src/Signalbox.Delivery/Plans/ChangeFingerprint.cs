using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Delivery.Plans;

/// <summary>
/// What a plan would do to one resource or output, with every value counted, also the sensitive ones and those that no
/// summary shows. Two plans mean the same exactly when their fingerprints are the same. It stays inside the seal: whoever
/// could read it could try guesses of a secret against it.
/// </summary>
/// <param name="Name">The address, with the key of a deposed object after it; an output as `output.NAME`.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record ChangeFingerprint(string Name, string Sha256)
{
    /// <summary>
    /// What the object was counts only as far as the plan changes it: a provider's computed attributes may differ at every
    /// look. What is deleted is known by its id.
    /// </summary>
    internal static ChangeFingerprint Of(ResourceChange change) => Of(NameOf(change.Address, change.Deposed), writer =>
    {
        writer.WriteStringValue(change.Action.ToString());
        writer.WriteBooleanValue(change.CreatesFirst);
        writer.WriteStringValue(change.PreviousAddress);
        writer.WriteStringValue(change.ImportId);
        Write(writer, change.Before.Member("id"));
        if (change.Action is not (PlannedAction.Delete or PlannedAction.Forget))
            Write(writer, change.Differences);
    });

    internal static ChangeFingerprint Of(string output, PlannedAction action, IReadOnlyList<Difference> differences) => Of($"output.{EscapedText.Safe(output)}", writer =>
    {
        writer.WriteStringValue(action.ToString());
        Write(writer, differences);
    });

    /// <summary>How a summary's resource is called here.</summary>
    public static string NameOf(string address, string? deposed) =>
        EscapedText.Safe(deposed is null ? address : $"{address} (deposed {deposed})");

    private static ChangeFingerprint Of(string name, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartArray();
            write(writer);
            writer.WriteEndArray();
        }

        return new ChangeFingerprint(name, Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan)));
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Difference> differences)
    {
        foreach (var difference in differences.OrderBy(difference => difference.Path, StringComparer.Ordinal))
        {
            writer.WriteStringValue(difference.Path);
            writer.WriteBooleanValue(difference.ForcesReplacement);
            Write(writer, difference.Before);
            Write(writer, difference.After);
            Write(writer, difference.Unknown);
        }
    }

    /// <summary>Members in the order of their names, so that equal values are written alike.</summary>
    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.IsObject)
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value);
            }

            writer.WriteEndObject();
        }
        else if (value.IsArray)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
                Write(writer, item);
            writer.WriteEndArray();
        }
        else if (value.IsAbsent)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}

[JsonSerializable(typeof(IReadOnlyList<ChangeFingerprint>))]
internal sealed partial class FingerprintsJson : JsonSerializerContext;
