using System.IO.Compression;
using System.Text.Json;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Terraform;

/// <summary>Terraform's plan file: a zip that holds, among others, the state it was made against.</summary>
internal static class SavedPlan
{
    /// <exception cref="InvalidDataException">The bytes are no plan file.</exception>
    public static StateIdentity StateOf(ReadOnlyMemory<byte> plan)
    {
        using var zip = new ZipArchive(new MemoryStream(plan.ToArray(), writable: false), ZipArchiveMode.Read);
        var entry = zip.GetEntry("tfstate") ?? throw new InvalidDataException("the plan file holds no state");
        using var content = entry.Open();
        return IdentityIn(content);
    }

    /// <summary>Reads lineage and serial of a state file (format version 4).</summary>
    public static StateIdentity IdentityIn(Stream state)
    {
        using var document = JsonDocument.Parse(state);
        var root = document.RootElement;
        return new StateIdentity(
            root.TryGetProperty("lineage", out var lineage) ? lineage.GetString() ?? "" : "",
            root.TryGetProperty("serial", out var serial) && serial.TryGetInt64(out var number) ? number : 0);
    }
}
