using System.Globalization;
using System.Text.Json;
using Signalbox.Sandbox.Edge.Account;
using Signalbox.Sandbox.Edge.Walking;

namespace Signalbox.Sandbox.Edge.Tracing;

/// <summary>Which resource of Terraform a thing of the account is, by every state that the account's buckets hold.</summary>
internal sealed class TerraformAddresses
{
    private const string StateSuffix = ".tfstate";

    private readonly List<KnownResource> _known = [];

    public static async Task<TerraformAddresses> Read(AccountCalls calls, CancellationToken cancellation)
    {
        var addresses = new TerraformAddresses();
        var buckets = await calls.Rest("s3", FakeAccount.Region, "/", cancellation);
        foreach (var bucket in buckets.List("Buckets").Select(bucket => bucket.Text("Name")))
        {
            var listed = await calls.Rest("s3", FakeAccount.Region, $"/{bucket}?list-type=2", cancellation);
            var keys = listed.Elements().Where(element => element.Name.LocalName == "Contents").Select(content => content.Text("Key"));
            foreach (var key in keys.Where(key => key.EndsWith(StateSuffix, StringComparison.Ordinal)))
            {
                if (await calls.Object(FakeAccount.Region, bucket, key, cancellation) is { } state)
                    addresses.Learn(state.Content);
            }
        }

        return addresses;
    }

    /// <summary>Adds what a state says; a text that is no state of version 4 adds nothing.</summary>
    public void Learn(ReadOnlyMemory<byte> state)
    {
        using var document = JsonDocument.Parse(state);
        if (document.RootElement.Number("version") != 4)
            return;
        foreach (var resource in document.RootElement.List("resources").Where(resource => resource.Text("mode") == "managed"))
        {
            var module = resource.Text("module");
            var address = $"{(module.Length == 0 ? "" : $"{module}.")}{resource.Text("type")}.{resource.Text("name")}";
            foreach (var instance in resource.List("instances"))
                _known.Add(new KnownResource(resource.Text("type"), address + Index(instance), instance.Inside("attributes").Clone()));
        }
    }

    /// <summary>Null when no state knows it.</summary>
    public string? Of(AccountResource? resource) => resource is null
        ? null
        : _known.FirstOrDefault(known => known.Type == resource.Type && resource.Marks.All(mark => Has(known.Attributes, mark.Attribute, mark.Value)))?.Address;

    private static string Index(JsonElement instance) => instance.Inside("index_key") switch
    {
        { ValueKind: JsonValueKind.String } key => $"[\"{key.GetString()}\"]",
        { ValueKind: JsonValueKind.Number } key => $"[{key.GetInt32().ToString(CultureInfo.InvariantCulture)}]",
        _ => "",
    };

    /// <summary>A plain attribute is the value; a list or a block holds it somewhere.</summary>
    private static bool Has(JsonElement attributes, string attribute, string value) => attributes.Inside(attribute) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() == value,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText() == value,
        { ValueKind: JsonValueKind.Array or JsonValueKind.Object } nested => nested.GetRawText().Contains($"\"{value}\"", StringComparison.Ordinal),
        _ => false,
    };

    private sealed record KnownResource(string Type, string Address, JsonElement Attributes);
}
