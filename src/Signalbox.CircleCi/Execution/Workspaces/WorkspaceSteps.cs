using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Steps;
using Signalbox.CircleCi.Execution.Workplaces;
using Signalbox.Diagnostics;
using Signalbox.Journal;

namespace Signalbox.CircleCi.Execution.Workspaces;

/// <summary>`persist_to_workspace` adds a layer; `attach_workspace` unpacks those of every upstream job.</summary>
internal sealed class WorkspaceSteps(Node node, StepLog log)
{
    private readonly PlacedFiles _files = new(node);

    public async Task<StepResult> Persist(Step.PersistToWorkspace step, CancellationToken cancel)
    {
        var root = node.Resolve(step.Root);
        if (await _files.Kind(root, cancel) is not PlacedKind.Folder)
            return Problem($"Error locating workspace root directory: stat {root}: no such file or directory");

        var found = new List<string>();
        foreach (var pattern in step.Paths)
        {
            var matches = await _files.Glob(root, pattern, cancel);
            if (matches.Count == 0)
                return Problem($"The specified paths did not match any files in {root}: {pattern}");
            found.AddRange(matches);
        }

        Directory.CreateDirectory(node.Assignment.WorkspaceFolder);
        var archive = Path.Combine(node.Assignment.WorkspaceFolder, $"{Guid.CreateVersion7(node.Clock.GetUtcNow()):N}.tar");
        if (await Write(archive, root, [.. found.Distinct(StringComparer.Ordinal)], cancel) is { } complaint)
            return Problem(complaint);
        await DurableFile.Write(LayerRecord.FileOf(archive), LayerRecord.Of(node.Assignment).ToJson(), cancel);
        node.Events.Tell(new JobEvent.LayerPersisted(new WorkspaceLayer(node.Assignment.Job, node.Assignment.NodeIndex, archive)));
        log.Say($"Persisted {string.Join(", ", found)} of {root} ({ByteSize.Text(new FileInfo(archive).Length)}).");
        return StepResult.Success;
    }

    public async Task<StepResult> Attach(Step.AttachWorkspace step, CancellationToken cancel)
    {
        var at = node.Resolve(step.At);
        if (node.Assignment.Upstream.Count == 0)
        {
            log.Say("No upstream job has persisted anything; the workspace is empty.");
            await _files.MakeFolder(at, cancel);
            return StepResult.Success;
        }

        var (conflicts, job) = await LayerConflicts.Find(node.Assignment.Upstream, cancel);
        if (conflicts.Count > 0)
        {
            log.Say("Concurrent upstream jobs persisted the same file(s) into the workspace:");
            foreach (var file in conflicts)
                log.Say($"  - {file}");
            log.Say("");
            return Problem($"Error applying workspace layer for job {job}: Concurrent upstream jobs persisted the same file(s)");
        }

        foreach (var layer in node.Assignment.Upstream)
        {
            if (await _files.Unpack(layer.File, at, cancel) is { } complaint)
                return Problem($"Error applying workspace layer for job {layer.Job}: {complaint}");
            log.Say($"Applied the layer of {layer.Job} ({ByteSize.Text(new FileInfo(layer.File).Length)}).");
        }

        return StepResult.Success;
    }

    /// <summary>An archive is seen under its name only when it is whole.</summary>
    private async Task<string?> Write(string archive, string root, ValueList<string> paths, CancellationToken cancel)
    {
        var unfinished = $"{archive}.tmp";
        try
        {
            string? complaint;
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
                complaint = await _files.Pack(root, paths, followsLinks: false, output => output.CopyToAsync(file, cancel), cancel);
            if (complaint is null)
                File.Move(unfinished, archive);
            return complaint;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private StepResult Problem(string text)
    {
        log.Say(text);
        return StepResult.Failed($"could not be done: {text}");
    }
}
