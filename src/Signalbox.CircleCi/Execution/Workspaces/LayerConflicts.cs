using System.Formats.Tar;
using Signalbox.CircleCi.Execution.Jobs;

namespace Signalbox.CircleCi.Execution.Workspaces;

/// <summary>Files that two upstream jobs persisted without one being upstream of the other (workspaces, "Overview").</summary>
internal static class LayerConflicts
{
    /// <returns>The files in order, and the job whose layer comes second; none when there is no conflict.</returns>
    public static async Task<(IReadOnlyList<string> Files, string Job)> Find(IReadOnlyList<WorkspaceLayer> layers, CancellationToken cancellation)
    {
        var owners = new Dictionary<string, List<LayerRecord>>(StringComparer.Ordinal);
        var (conflicts, second) = (new SortedSet<string>(StringComparer.Ordinal), "");
        foreach (var layer in layers)
        {
            var record = await LayerRecord.Read(layer, cancellation);
            await foreach (var file in Files(layer.File, cancellation))
            {
                if (!owners.TryGetValue(file, out var before))
                    owners[file] = before = [];
                if (before.Exists(record.IsConcurrentWith) && conflicts.Add(file) && second.Length == 0)
                    second = layer.Job;
                before.Add(record);
            }
        }

        return ([.. conflicts], second);
    }

    private static async IAsyncEnumerable<string> Files(string archive, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var file = File.OpenRead(archive);
        await using var reader = new TarReader(file);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes))
                yield return entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
        }
    }
}
