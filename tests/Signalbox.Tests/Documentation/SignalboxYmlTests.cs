using System.Text.Json;
using System.Text.RegularExpressions;
using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;
using Signalbox.Tests.House;
using Xunit;

namespace Signalbox.Tests.Documentation;

/// <summary>The reader, the JSON Schema and the reference know the same keys.</summary>
public sealed partial class SignalboxYmlTests
{
    [Fact]
    public void The_schema_has_exactly_the_keys_that_are_read()
    {
        using var schema = JsonDocument.Parse(Repository.Read("docs/signalbox.schema.json"));
        var keys = KeysOf(schema.RootElement, schema.RootElement, path: "");

        Assert.Equal(SignalboxFile.KnownKeys.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_reference_has_exactly_the_keys_that_are_read()
    {
        var keys = ReferenceKey.Matches(Repository.Read("docs/signalbox-yml.md"))
            .Select(row => row.Groups["key"].Value.Replace("NAME", "*", StringComparison.Ordinal));

        Assert.Equal(SignalboxFile.KnownKeys.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_key_in_the_schema_is_described()
    {
        using var schema = JsonDocument.Parse(Repository.Read("docs/signalbox.schema.json"));
        var root = schema.RootElement;

        Assert.Empty(PropertiesOf(root, root).Where(property => !Resolve(root, property.Value).TryGetProperty("description", out _)).Select(property => property.Name));
    }

    [Fact]
    public void Every_example_in_the_reference_is_read_without_a_complaint()
    {
        var examples = Example.Matches(Repository.Read("docs/signalbox-yml.md")).Select(example => example.Groups["yaml"].Value).ToArray();

        Assert.NotEmpty(examples);
        Assert.All(examples, AssertIsRead);
    }

    [Fact]
    public void This_repository_s_own_file_is_read_without_a_complaint() => AssertIsRead(Repository.Read("signalbox.yml"));

    [Fact]
    public void What_this_repository_s_own_file_points_at_is_there_once_the_infrastructure_is()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Repository.Folder, "infra")), "infra/ is not in this checkout");

        Assert.True(SignalboxFile.Read(Repository.Folder).Succeeded(out _, out var problems), Render(problems));
    }

    private static void AssertIsRead(string yaml)
    {
        var outcome = SignalboxFile.Parse(
            new SourceText("signalbox.yml", yaml),
            path => path.Text.EndsWith(".tfvars", StringComparison.Ordinal) || path.Text.EndsWith("Dockerfile", StringComparison.Ordinal) ? RepositoryEntry.File : RepositoryEntry.TerraformFolder);
        Assert.True(outcome.Succeeded(out _, out var problems), Render(problems));
    }

    private static string Render(ValueList<Diagnostic>? problems) =>
        string.Concat((problems ?? []).Select(problem => DiagnosticText.Render(problem)));

    private static IEnumerable<string> KeysOf(JsonElement root, JsonElement unresolved, string path)
    {
        var schema = Resolve(root, unresolved);
        var properties = schema.TryGetProperty("properties", out var named) ? named.EnumerateObject().Select(property => (property.Name, property.Value)) : [];
        if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
            properties = properties.Append(("*", others));
        else
            Assert.True(!schema.TryGetProperty("properties", out _) || others.ValueKind == JsonValueKind.False, $"{path} admits keys it does not name");
        return properties.SelectMany(property => KeysOf(root, property.Value, $"{path}{property.Name}.").Prepend(path + property.Name));
    }

    private static IEnumerable<JsonProperty> PropertiesOf(JsonElement root, JsonElement unresolved)
    {
        var schema = Resolve(root, unresolved);
        IEnumerable<JsonProperty> direct = schema.TryGetProperty("properties", out var named) ? named.EnumerateObject() : [];
        var others = schema.TryGetProperty("additionalProperties", out var each) && each.ValueKind == JsonValueKind.Object ? PropertiesOf(root, each) : [];
        return direct.SelectMany(property => PropertiesOf(root, property.Value).Prepend(property)).Concat(others);
    }

    private static JsonElement Resolve(JsonElement root, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? root.GetProperty("definitions").GetProperty(reference.GetString()!.Split('/')[^1])
            : schema;

    [GeneratedRegex(@"^\| `(?<key>[^`]+)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex ReferenceKey { get; }

    [GeneratedRegex(@"^```yaml\n(?<yaml>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example { get; }
}
