using System.Formats.Tar;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Steps;
using Signalbox.CircleCi.Execution.Workplaces;

namespace Signalbox.CircleCi.Execution.Results;

/// <summary>`store_artifacts`: files leave the workplace and are kept with the run, under the names CircleCI gives them.</summary>
internal sealed class ArtifactStep(Node node, StepLog log)
{
    private readonly PlacedFiles _files = new(node);

    public async Task<StepResult> Store(Step.StoreArtifacts step, CancellationToken cancel)
    {
        var place = node.Resolve(step.Path);
        var kind = await _files.Kind(place, cancel);
        if (kind is PlacedKind.Nothing)
        {
            log.Say($"No artifact files found at {place}");
            return StepResult.Success;
        }

        var isFile = kind is PlacedKind.File;
        var (folder, inside) = isFile ? (Path.GetDirectoryName(place)!, Path.GetFileName(place)) : (place, ".");
        var complaint = await _files.Pack(
            folder,
            [inside],
            followsLinks: true,
            archive => Unpack(archive, name => ArtifactName.Of(step.Destination, node.Place.Shown(place), isFile ? "" : name), cancel),
            cancel);
        if (complaint is not null)
            log.Say($"Warning: not everything could be stored: {complaint}");
        return StepResult.Success;
    }

    private async Task Unpack(Stream archive, Func<string, string> nameOf, CancellationToken cancel)
    {
        await using var reader = new TarReader(archive);
        var (files, bytes) = (0, 0L);
        while (await reader.GetNextEntryAsync(copyData: false, cancel) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            var name = nameOf(entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name);
            var file = Path.Combine(node.Folder.Artifacts, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await using (var stored = new FileStream(file, FileMode.Create, FileAccess.Write))
            {
                if (entry.DataStream is { } content)
                    await content.CopyToAsync(stored, cancel);
            }

            (files, bytes) = (files + 1, bytes + entry.Length);
            node.Events.Tell(new JobEvent.ArtifactStored(name, file, entry.Length));
            log.Say($"Stored {name} ({ByteSize.Text(entry.Length)})");
        }

        await archive.CopyToAsync(Stream.Null, cancel); // tar pads its archive, and would otherwise meet a closed pipe
        log.Say(files == 0 ? "No artifact files found" : $"{files} {(files == 1 ? "file" : "files")}, {ByteSize.Text(bytes)}");
    }
}
