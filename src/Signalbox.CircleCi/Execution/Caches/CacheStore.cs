using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Signalbox.CircleCi.Execution.Workplaces;

namespace Signalbox.CircleCi.Execution.Caches;

/// <summary>
/// The caches of one project: a folder a key, named after the key's digest. A cache appears whole, by one rename, and
/// whoever renames first has saved it; that is what makes keys immutable between jobs and between processes.
/// </summary>
public sealed class CacheStore(string folder, TimeProvider clock)
{
    private const string Record = "cache.json";
    private const string Unfinished = ".unfinished-";

    /// <summary>True while a cache of exactly that key can be found.</summary>
    public async Task<bool> Contains(string key, CancellationToken cancellation) =>
        await Read(Path.Combine(folder, Name(key)), cancellation) is { } cache && !IsExpired(cache);

    public bool IsExpired(SavedCache cache) => cache.ExpiresAt <= clock.GetUtcNow();

    /// <summary>Every cache, the newest first. Folders that are not caches are passed over.</summary>
    public async Task<IReadOnlyList<SavedCache>> List(CancellationToken cancellation)
    {
        var found = new List<SavedCache>();
        if (!Directory.Exists(folder))
            return found;
        foreach (var place in Directory.EnumerateDirectories(folder).Where(place => !Path.GetFileName(place).StartsWith('.')))
        {
            if (await Read(place, cancellation) is { } cache)
                found.Add(cache);
        }

        return [.. found.OrderByDescending(cache => cache.SavedAt).ThenBy(cache => cache.Key, StringComparer.Ordinal)];
    }

    /// <summary>The newest cache whose key begins with any of the prefixes, the first prefix that has one deciding.</summary>
    public async Task<SavedCache?> Find(IEnumerable<string> prefixes, CancellationToken cancellation)
    {
        var all = (await List(cancellation)).Where(cache => !IsExpired(cache)).ToArray();
        return prefixes.Select(prefix => Array.Find(all, cache => cache.Key.StartsWith(prefix, StringComparison.Ordinal))).FirstOrDefault(found => found is not null);
    }

    /// <param name="cache">Its time and size are filled in here.</param>
    /// <param name="retention">How long it can be found; null for as long as nobody deletes it.</param>
    /// <param name="write">Writes the archives into a folder; a complaint ends it.</param>
    /// <returns>The saved cache, or a null cache when another job saved the key meanwhile or <paramref name="write"/> complained.</returns>
    public async Task<(SavedCache? Saved, string? Complaint)> Save(SavedCache cache, TimeSpan? retention, Func<string, Task<string?>> write, CancellationToken cancellation)
    {
        var place = Path.Combine(folder, Name(cache.Key));
        var unfinished = Path.Combine(folder, Unfinished + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(unfinished);
        try
        {
            if (await write(unfinished) is { } complaint)
                return (null, complaint);
            var now = clock.GetUtcNow();
            var saved = cache with
            {
                SavedAt = now,
                ExpiresAt = now + retention,
                Bytes = new DirectoryInfo(unfinished).EnumerateFiles().Sum(file => file.Length),
                Folder = Name(cache.Key),
            };
            await File.WriteAllBytesAsync(Path.Combine(unfinished, Record), JsonSerializer.SerializeToUtf8Bytes(saved, SavedCacheJson.Default.SavedCache), cancellation);
            if (await Read(place, cancellation) is { } earlier && IsExpired(earlier))
                DeletedFolder.Delete(place);
            if (Directory.Exists(place))
                return (null, null);
            Directory.Move(unfinished, place);
            return (saved, null);
        }
        catch (IOException) when (File.Exists(Path.Combine(place, Record)))
        {
            return (null, null); // another job was faster by less than the check above takes
        }
        finally
        {
            DeletedFolder.Delete(unfinished);
        }
    }

    /// <summary>The archive of one kind in a cache, or null when it has none.</summary>
    public string? Archive(SavedCache cache, string name) =>
        Path.Combine(folder, cache.Folder, name) is var file && File.Exists(file) ? file : null;

    /// <summary>Deletes a cache, and says how many bytes that frees.</summary>
    public long Delete(SavedCache cache)
    {
        DeletedFolder.Delete(Path.Combine(folder, cache.Folder));
        return cache.Bytes;
    }

    /// <summary>Deletes what a program that was killed left half written longer ago than a save can take.</summary>
    public void DeleteUnfinished(TimeSpan olderThan)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var place in new DirectoryInfo(folder).EnumerateDirectories($"{Unfinished}*"))
        {
            if (clock.GetUtcNow().UtcDateTime - place.LastWriteTimeUtc > olderThan)
                DeletedFolder.Delete(place.FullName);
        }
    }

    private static async Task<SavedCache?> Read(string place, CancellationToken cancellation)
    {
        try
        {
            var record = await File.ReadAllBytesAsync(Path.Combine(place, Record), cancellation);
            return JsonSerializer.Deserialize(record, SavedCacheJson.Default.SavedCache) is { } cache ? cache with { Folder = Path.GetFileName(place) } : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException)
        {
            return null;
        }
    }

    private static string Name(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32];
}
