using System.Text;

namespace Signalbox.Processes.Sessions;

/// <summary>
/// Processes that were started with a mark in their environment, wherever they have gone since: a daemon leaves its
/// session and its parent, but keeps the environment it was born with. Linux only; elsewhere none are found.
/// </summary>
public static class MarkedProcesses
{
    private const int Passes = 20;

    /// <summary>The variable that bears the marks. Work inside work adds its mark to those it inherits.</summary>
    public const string Variable = "SIGNALBOX_MARKS";

    /// <summary>Kills every process that bears the mark, also those born meanwhile.</summary>
    /// <returns>How many were found.</returns>
    public static int Kill(string mark)
    {
        var found = 0;
        for (var pass = 0; pass < Passes; pass++)
        {
            var bearers = Bearing(mark);
            if (bearers.Count == 0)
                break;
            found += bearers.Count;
            foreach (var id in bearers)
                new ProcessIdentity(id, "").Kill();
        }

        return found;
    }

    private static List<int> Bearing(string mark)
    {
        var found = new List<int>();
        if (!OperatingSystem.IsLinux())
            return found;
        var (variable, value) = (Encoding.UTF8.GetBytes($"{Variable}="), Encoding.UTF8.GetBytes(mark));
        var buffer = new byte[64 * 1024];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), out var id) && id != Environment.ProcessId
                && Bears(Read($"{folder}/environ", ref buffer), variable, value))
            {
                found.Add(id);
            }
        }

        return found;
    }

    private static bool Bears(ReadOnlySpan<byte> environment, ReadOnlySpan<byte> variable, ReadOnlySpan<byte> mark)
    {
        for (var at = environment.IndexOf(variable); at >= 0;)
        {
            var rest = environment[at..];
            var end = rest.IndexOf((byte)0);
            var entry = end < 0 ? rest : rest[..end];
            if ((at == 0 || environment[at - 1] == 0) && entry.IndexOf(mark) >= 0)
                return true;
            environment = rest[variable.Length..];
            at = environment.IndexOf(variable);
        }

        return false;
    }

    private static ReadOnlySpan<byte> Read(string path, ref byte[] buffer)
    {
        try
        {
            using var file = File.OpenHandle(path);
            var filled = 0;
            while (RandomAccess.Read(file, buffer.AsSpan(filled), filled) is var read and > 0)
            {
                filled += read;
                if (filled == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
            }

            return buffer.AsSpan(0, filled);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return []; // it ended meanwhile, or is somebody else's and so not ours
        }
    }
}
