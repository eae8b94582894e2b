using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Sandbox.Emulator;

/// <summary>The launcher's Python files, which travel inside the program because it must work in any repository.</summary>
internal static class LauncherFiles
{
    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> All = new(Embedded);

    /// <summary>Names this build of the launcher: the start of the SHA-256 over every name and content.</summary>
    public static string Build { get; } = Digest(All.Value);

    /// <summary>The folder to put on PYTHONPATH; written on first use, and again when a file in it was changed.</summary>
    public static async Task<string> Extract(SandboxFolder sandbox, CancellationToken cancellation)
    {
        var folder = sandbox.In($"launcher-{Build}");
        if (await IsWhole(folder, cancellation))
            return folder;

        var draft = $"{folder}.{Guid.NewGuid():N}";
        foreach (var (name, content) in All.Value)
        {
            var path = Path.Combine(draft, name);
            Private.Folder(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, content, cancellation);
        }

        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.Move(draft, folder);
        DeleteOthers(sandbox, folder);
        return folder;
    }

    /// <summary>The files of other builds, and drafts that a kill left. A launcher is extracted only where no emulator runs.</summary>
    private static void DeleteOthers(SandboxFolder sandbox, string kept)
    {
        foreach (var other in Directory.EnumerateDirectories(sandbox.Path, "launcher-*").Where(other => other != kept).ToList())
            Directory.Delete(other, recursive: true);
    }

    private static async Task<bool> IsWhole(string folder, CancellationToken cancellation)
    {
        foreach (var (name, content) in All.Value)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path) || !(await File.ReadAllBytesAsync(path, cancellation)).SequenceEqual(content))
                return false;
        }

        return true;
    }

    private static Dictionary<string, byte[]> Embedded()
    {
        var assembly = typeof(LauncherFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("launcher/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToDictionary(name => name, Content, StringComparer.Ordinal);

        byte[] Content(string name)
        {
            using var resource = assembly.GetManifestResourceStream(name)!;
            var content = new byte[resource.Length];
            resource.ReadExactly(content);
            return content;
        }
    }

    private static string Digest(IReadOnlyDictionary<string, byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{content.Length}\0"));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
