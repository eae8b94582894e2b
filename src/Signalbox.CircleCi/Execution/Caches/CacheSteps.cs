using System.Security.Cryptography;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Steps;
using Signalbox.CircleCi.Execution.Workplaces;

namespace Signalbox.CircleCi.Execution.Caches;

/// <summary>
/// `save_cache` and `restore_cache`. What lies below the home folder is kept apart and restored below the home of
/// whichever job restores it, because each job on this machine has a home of its own; the rest goes back where it was.
/// </summary>
internal sealed class CacheSteps(Node node, StepLog log)
{
    private const string BelowHome = "home.tar";
    private const string Elsewhere = "root.tar";

    private readonly PlacedFiles _files = new(node);
    private readonly CacheStore _store = new(node.Assignment.CacheFolder, node.Clock);

    public async Task<StepResult> Save(Step.SaveCache step, CancellationToken cancel)
    {
        var (key, problem) = await Template(cancel).Expand(step.Key);
        if (key is null)
            return Without(problem!);
        if (await _store.Contains(key, cancel))
            return Without($"Skipping cache generation, cache already exists for key: {key}");

        var (home, elsewhere) = (new List<string>(), new List<string>());
        foreach (var path in step.Paths)
        {
            var place = node.Resolve(path);
            if (await _files.Kind(place, cancel) is PlacedKind.Nothing)
                log.Say($"Warning: could not archive {place} - Not found");
            else if (place.StartsWith(node.Place.Home + '/', StringComparison.Ordinal))
                home.Add(place[(node.Place.Home.Length + 1)..]);
            else
                elsewhere.Add(place.TrimStart('/') is { Length: > 0 } below ? below : ".");
        }

        if (home.Count + elsewhere.Count == 0)
            return Without("Nothing to save: none of the paths exist.");
        var (saved, complaint) = await _store.Save(
            new SavedCache(key, default, 0, node.Assignment.Job, [.. step.Paths]),
            node.Assignment.Body.CacheRetention,
            async folder =>
                await Pack(Path.Combine(folder, BelowHome), node.Place.Home, home, cancel)
                ?? await Pack(Path.Combine(folder, Elsewhere), "/", elsewhere, cancel),
            cancel);
        if (complaint is not null)
            return Without($"Warning: the cache was not saved: {complaint}");
        return Without(saved is null ? $"Another job has just saved a cache for key: {key}" : $"Stored cache for key: {key} ({ByteSize.Text(saved.Bytes)})");
    }

    public async Task<StepResult> Restore(Step.RestoreCache step, CancellationToken cancel)
    {
        var prefixes = new List<string>();
        foreach (var template in step.Keys)
        {
            var (key, problem) = await Template(cancel).Expand(template);
            if (key is null)
                log.Say(problem!);
            else
                prefixes.Add(key);
        }

        foreach (var prefix in prefixes)
        {
            if (await _store.Find([prefix], cancel) is not { } cache)
            {
                log.Say($"No cache is found for key: {prefix}");
                continue;
            }

            log.Say($"Found a cache from {cache.SavedAt:yyyy-MM-dd HH:mm:ss} UTC by {cache.Job}: {cache.Key} ({ByteSize.Text(cache.Bytes)})");
            foreach (var (name, folder) in new[] { (BelowHome, node.Place.Home), (Elsewhere, "/") })
            {
                if (_store.Archive(cache, name) is { } archive && await _files.Unpack(archive, folder, cancel) is { } complaint)
                    log.Say($"Warning: not all of it could be restored: {complaint}");
            }

            return StepResult.Success;
        }

        return Without("Skipping: there is no cache to restore.");
    }

    private CacheKey Template(CancellationToken cancel) => new(node.Assignment.Variables, path => Checksum(path, cancel), node.Clock);

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    private async Task<string> Checksum(string path, CancellationToken cancel)
    {
        var place = node.Resolve(path);
        byte[] digest = [];
        var wasRead = await _files.Read(place, async content => digest = await SHA256.HashDataAsync(content, cancel), cancel);
        return wasRead ? Convert.ToBase64String(digest) : throw new FileNotFoundException(message: null, place);
    }

    private async Task<string?> Pack(string archive, string folder, List<string> paths, CancellationToken cancel)
    {
        if (paths.Count == 0)
            return null;
        await using var file = new FileStream(archive, FileMode.CreateNew, FileAccess.Write);
        return await _files.Pack(folder, [.. paths], followsLinks: false, output => output.CopyToAsync(file, cancel), cancel);
    }

    /// <summary>A cache is a convenience: whatever is wrong with it, the job goes on.</summary>
    private StepResult Without(string said)
    {
        log.Say(said);
        return StepResult.Success;
    }
}
