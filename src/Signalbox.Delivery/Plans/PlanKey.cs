using System.Security.Cryptography;
using Signalbox.Diagnostics;
using Signalbox.Journal;

namespace Signalbox.Delivery.Plans;

/// <summary>The secret that seals and opens plans: 32 bytes, from the environment or from a file only its owner can read.</summary>
public sealed class PlanKey
{
    public const string Variable = "SIGNALBOX_PLAN_KEY";

    private static readonly Rule NoKey = new("SB3201", Severity.Error, "There is no plan key");
    private static readonly Rule BadKey = new("SB3202", Severity.Error, "The plan key cannot be used");

    private readonly byte[] _bytes;

    private PlanKey(byte[] bytes) => _bytes = bytes;

    /// <summary>AES-256: 32 bytes.</summary>
    public static int Length => 32;

    internal ReadOnlySpan<byte> Bytes => _bytes;

    internal static PlanKey Of(byte[] bytes) => new(bytes);

    /// <summary>The key in the form that <see cref="Variable"/> takes.</summary>
    public static string NewText() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Finds the key that opens plans; it must exist.</summary>
    /// <param name="file">Where the key is kept when the variable is not set.</param>
    public static async Task<Outcome<PlanKey>> Find(IReadOnlyDictionary<string, string> variables, string file, CancellationToken cancellation)
    {
        if (variables.GetValueOrDefault(Variable) is { Length: > 0 } text)
            return Decode(text, $"the variable `{Variable}`");
        if (!File.Exists(file))
        {
            return NoKey.Without(
                $"neither `{Variable}` nor the file `{file}` holds the key that opens sealed plans",
                $"set `{Variable}` to the key of the machine that made the plan");
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != UnixFileMode.None)
            return BadKey.Without($"the key file `{file}` can be read by others", $"run `chmod 600 {file}`, and make a new key if others may have read it");
        return Decode(await File.ReadAllTextAsync(file, cancellation), $"the file `{file}`");
    }

    /// <summary>Finds the key, or makes one and keeps it in <paramref name="file"/> with mode 0600.</summary>
    public static async Task<Outcome<PlanKey>> FindOrCreate(IReadOnlyDictionary<string, string> variables, string file, CancellationToken cancellation)
    {
        if (variables.GetValueOrDefault(Variable) is not { Length: > 0 } && !File.Exists(file))
            await DurableFile.Write(file, System.Text.Encoding.ASCII.GetBytes(NewText() + "\n"), cancellation);
        return await Find(variables, file, cancellation);
    }

    private static Outcome<PlanKey> Decode(string text, string where)
    {
        var bytes = new byte[Length];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var written) && written == Length
            ? new PlanKey(bytes)
            : BadKey.Without($"{where} does not hold {Length} bytes as base64", "make a key with `openssl rand -base64 32`");
    }
}
