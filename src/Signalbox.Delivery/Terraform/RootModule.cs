using System.Text.Json;
using System.Text.RegularExpressions;
using Signalbox.Delivery.Terraform.Hcl;

namespace Signalbox.Delivery.Terraform;

/// <summary>A root module as its files say, read without starting Terraform.</summary>
internal sealed partial class RootModule
{
    private RootModule(string folder, IReadOnlyList<HclBlock> blocks) => (Folder, Blocks) = (folder, blocks);

    /// <summary>Absolute.</summary>
    public string Folder { get; }

    private IReadOnlyList<HclBlock> Blocks { get; }

    public static RootModule Read(string folder) =>
        new(folder, [.. Directory.EnumerateFiles(folder, "*.tf").Order(StringComparer.Ordinal).SelectMany(file => HclFile.Blocks(File.ReadAllText(file)))]);

    /// <summary>
    /// The parts of the configuration that `terraform init` acts on: terraform, provider requirements and module
    /// calls, in this module and in every local module it calls; and files in JSON whole.
    /// </summary>
    public IEnumerable<string> WhatInitDependsOn() => WhatInitDependsOn(new HashSet<string>(StringComparer.Ordinal));

    private IEnumerable<string> WhatInitDependsOn(HashSet<string> seen)
    {
        if (!seen.Add(Folder))
            yield break;
        foreach (var file in Directory.EnumerateFiles(Folder, "*.tf.json").Order(StringComparer.Ordinal))
            yield return File.ReadAllText(file);
        foreach (var block in Blocks.Where(block => block.Type == "terraform"))
            yield return block.Text;
        foreach (var module in Blocks.Where(block => block.Type == "module"))
        {
            var source = module.Literal("source") ?? "";
            yield return $"module {string.Join('.', module.Labels)} {source} {module.Literal("version")}";
            var local = Path.GetFullPath(Path.Combine(Folder, source));
            if (source.StartsWith('.') && Directory.Exists(local))
            {
                foreach (var text in Read(local).WhatInitDependsOn(seen))
                    yield return text;
            }
        }

        // Which provider each resource type needs: a first resource of a new provider needs an init too.
        yield return string.Join(' ', Blocks
            .Where(block => block.Type is "resource" or "data" or "ephemeral" && block.Labels.Count > 0)
            .Select(block => block.Labels[0].Split('_')[0])
            .Concat(Blocks.Where(block => block.Type == "provider" && block.Labels.Count > 0).Select(block => block.Labels[0]))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// Arguments of provider and backend blocks that name another endpoint, another way out or credentials of their
    /// own: with any of them the emulator's environment would not be obeyed. Each as `block: argument`.
    /// </summary>
    public IEnumerable<string> WaysOutOfTheSandbox() =>
        from block in Blocks.SelectMany(block => block.Type == "terraform" ? block.Nested("backend") : [block])
        where block.Type is "provider" or "backend"
        from Match match in WayOut().Matches(block.Text)
        select $"{block.Type} {string.Join(' ', block.Labels)}: {match.Groups["name"].Value}";

    [GeneratedRegex(@"^\s*(?<name>https?_proxy|access_key|secret_key|endpoints?|(dynamodb|iam|sts|sso)_endpoint)\s*[={]", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex WayOut();

    /// <summary>Input variables declared `sensitive = true`.</summary>
    public IReadOnlySet<string> SensitiveVariables() => Blocks
        .Where(block => block.Type == "variable" && block.Labels.Count > 0 && block.Literal("sensitive") == "true")
        .Select(block => block.Labels[0])
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>A block of this type and name stands in the root module.</summary>
    public bool Declares(string type, string name) =>
        Blocks.Any(block => block.Type == type && block.Labels is [var label, ..] && label == name);

    /// <summary>The bucket of an `s3` backend, when it is written out; null for any other backend.</summary>
    public string? StateBucket() => Backend() is { Labels: ["s3"] } backend ? backend.Literal("bucket") : null;

    /// <summary>The backend's block; null when the state is a local file.</summary>
    public HclBlock? Backend() => Blocks
        .Where(block => block.Type == "terraform")
        .SelectMany(block => block.Nested("backend"))
        .FirstOrDefault();

    /// <summary>The folders of every module that init installed, absolute; from Terraform's own list.</summary>
    public static IEnumerable<string> InstalledModules(string folder, string dataFolder)
    {
        var list = Path.Combine(dataFolder, "modules", "modules.json");
        if (!File.Exists(list))
            return [folder];
        using var document = JsonDocument.Parse(File.ReadAllBytes(list));
        return
        [
            folder,
            .. document.RootElement.GetProperty("Modules").EnumerateArray()
                .Select(module => Path.GetFullPath(Path.Combine(folder, module.GetProperty("Dir").GetString() ?? ".")))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Where the state lies, from what init wrote down: `s3://bucket/key`, or the backend's type.</summary>
    public static string Backend(string dataFolder)
    {
        var file = Path.Combine(dataFolder, "terraform.tfstate");
        if (!File.Exists(file))
            return "local";
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        if (!document.RootElement.TryGetProperty("backend", out var backend) || backend.ValueKind != JsonValueKind.Object)
            return "local";
        var type = backend.GetProperty("type").GetString() ?? "local";
        var config = backend.GetProperty("config");
        return type switch
        {
            "s3" => $"s3://{Text(config, "bucket")}/{Text(config, "key")}",
            "gcs" => $"gs://{Text(config, "bucket")}/{Text(config, "prefix")}",
            "azurerm" => $"azurerm://{Text(config, "storage_account_name")}/{Text(config, "container_name")}/{Text(config, "key")}",
            "http" => Text(config, "address"),
            "local" => $"local:{Text(config, "path")}",
            _ => type,
        };
    }

    private static string Text(JsonElement config, string name) =>
        config.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
