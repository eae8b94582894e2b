using System.Text;
using System.Text.Json;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Journal;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>The pipelines of a project: a folder each, with the config as it was written and as it was compiled.</summary>
public sealed class PipelineStore(RunFolders folders)
{
    private const string RecordFile = "pipeline.json";
    private const string SourceFile = "config.yml";
    private const string CompiledFile = "compiled.yml";

    public async Task Keep(PipelineRecord pipeline, string source, string compiled, CancellationToken cancellation)
    {
        await DurableFile.Write(In(pipeline.Id, SourceFile), Encoding.UTF8.GetBytes(source), cancellation);
        await DurableFile.Write(In(pipeline.Id, CompiledFile), Encoding.UTF8.GetBytes(compiled), cancellation);
        await Keep(pipeline, cancellation); // last: a pipeline that has a record has its config
    }

    public Task Keep(PipelineRecord pipeline, CancellationToken cancellation) =>
        DurableFile.Write(In(pipeline.Id, RecordFile), JsonSerializer.SerializeToUtf8Bytes(pipeline, PipelineJson.Default.PipelineRecord), cancellation);

    /// <summary>Null when there is no such pipeline.</summary>
    public async Task<PipelineRecord?> Find(Guid id, CancellationToken cancellation)
    {
        var file = In(id, RecordFile);
        return File.Exists(file)
            ? JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file, cancellation), PipelineJson.Default.PipelineRecord)
            : null;
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<PipelineRecord>> All(CancellationToken cancellation)
    {
        var place = Path.GetDirectoryName(folders.Pipeline(Guid.Empty))!;
        var pipelines = new List<PipelineRecord>();
        foreach (var folder in Directory.Exists(place) ? Directory.EnumerateDirectories(place) : [])
        {
            if (Guid.TryParse(Path.GetFileName(folder), out var id) && await Find(id, cancellation) is { } pipeline)
                pipelines.Add(pipeline);
        }

        return [.. pipelines.OrderByDescending(pipeline => pipeline.Number)];
    }

    public Task<string> Source(Guid id, CancellationToken cancellation) => File.ReadAllTextAsync(In(id, SourceFile), cancellation);

    public Task<string> Compiled(Guid id, CancellationToken cancellation) => File.ReadAllTextAsync(In(id, CompiledFile), cancellation);

    private string In(Guid id, string name) => Path.Combine(folders.Pipeline(id), name);
}
