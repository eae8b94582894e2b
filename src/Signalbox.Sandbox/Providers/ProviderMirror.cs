using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Providers;

/// <summary>A folder that holds Terraform providers, in either of the layouts that Terraform reads (packed or unpacked).</summary>
/// <param name="Providers">What it holds, as Terraform writes it: `host/namespace/type`.</param>
public sealed record ProviderMirror(string Folder, ValueList<string> Providers)
{
    /// <summary>Null when the folder holds no provider.</summary>
    public static ProviderMirror? At(string folder)
    {
        ValueList<string> found =
        [
            .. from host in Below(folder)
               where Path.GetFileName(host).Contains('.')
               from space in Below(host)
               from type in Below(space)
               where Holds(type)
               select Path.GetRelativePath(folder, type),
        ];
        return found.Count == 0 ? null : new ProviderMirror(folder, found);
    }

    /// <summary>The provider that an AWS environment cannot do without, from either public registry.</summary>
    public bool HoldsAws => Providers.Any(name => name.EndsWith("/hashicorp/aws", StringComparison.Ordinal));

    /// <summary>Unpacked is a folder a version, packed is an archive a version and platform.</summary>
    private static bool Holds(string type) =>
        Below(type).Any(version => char.IsAsciiDigit(Path.GetFileName(version)[0]))
        || Directory.EnumerateFiles(type, "terraform-provider-*.zip").Any();

    private static IEnumerable<string> Below(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder, "*", new EnumerationOptions { IgnoreInaccessible = true }).Order(StringComparer.Ordinal)
        : [];
}
