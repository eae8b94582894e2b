using System.Security.Cryptography;
using System.Text;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>A file that a plan depends on.</summary>
/// <param name="Path">Relative to the repository, with forward slashes.</param>
/// <param name="Sha256">Of its content, in lower-case hexadecimal.</param>
public sealed record PlanInput(string Path, string Sha256);

/// <summary>Everything in the checkout that a plan depends on, by content.</summary>
public sealed record PlanInputs(ValueList<PlanInput> Files)
{
    /// <summary>One digest over all paths and contents, in lower-case hexadecimal.</summary>
    public string Digest => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Files.Select(file => $"{file.Sha256}  {file.Path}\n")))));

    /// <summary>Reads the files; the order of <paramref name="paths"/> does not matter.</summary>
    /// <param name="folder">The repository's folder.</param>
    public static PlanInputs Of(string folder, IEnumerable<string> paths) =>
        new([.. paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(path => new PlanInput(path, DigestOf(Path.Combine(folder, path))))]);

    /// <summary>What differs in <paramref name="other"/>, each as `changed path`, `added path` or `missing path`.</summary>
    public IEnumerable<string> DifferencesTo(PlanInputs other)
    {
        var here = Files.ToDictionary(file => file.Path, file => file.Sha256, StringComparer.Ordinal);
        var there = other.Files.ToDictionary(file => file.Path, file => file.Sha256, StringComparer.Ordinal);
        foreach (var (path, digest) in here)
        {
            if (!there.TryGetValue(path, out var now))
                yield return $"missing {path}";
            else if (now != digest)
                yield return $"changed {path}";
        }

        foreach (var path in there.Keys.Where(path => !here.ContainsKey(path)))
            yield return $"added {path}";
    }

    private static string DigestOf(string file)
    {
        using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
