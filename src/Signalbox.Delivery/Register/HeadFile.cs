using System.Text;

namespace Signalbox.Delivery.Register;

/// <summary>
/// The newest entry's sequence and hash, kept apart from the entries. Written after each entry is safe, so it is never
/// ahead of them unless somebody cut entries off.
/// </summary>
internal sealed class HeadFile(string path)
{
    public RegisterHead? Read()
    {
        if (!File.Exists(path))
            return null;
        return File.ReadAllText(path).TrimEnd('\n').Split(' ') is [var sequence, var hash] && long.TryParse(sequence, out var number) && RegisterJson.IsHash(hash)
            ? new RegisterHead(number, hash)
            : null; // a crash while writing it: the entries themselves tell
    }

    /// <summary>In one write and without waiting for the disk: after a power cut an older head is as good.</summary>
    public void Write(RegisterHead head) => File.WriteAllBytes(path, Encoding.ASCII.GetBytes($"{head.Sequence} {head.Hash}\n"));
}
