using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Terraform.Hcl;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform;

/// <summary>The dependency lock file (https://developer.hashicorp.com/terraform/language/files/dependency-lock).</summary>
internal static class LockFile
{
    public const string Name = ".terraform.lock.hcl";

    public static ValueList<ToolVersion> Providers(string rootFolder)
    {
        var file = Path.Combine(rootFolder, Name);
        return !File.Exists(file)
            ? []
            : [.. HclFile.Blocks(File.ReadAllText(file))
                .Where(block => block.Type == "provider" && block.Labels.Count == 1)
                .Select(block => new ToolVersion(block.Labels[0], block.Literal("version") ?? "?"))];
    }
}
