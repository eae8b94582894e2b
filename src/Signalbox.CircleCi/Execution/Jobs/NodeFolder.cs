using System.Globalization;
using Signalbox.CircleCi.Execution.Workplaces;

namespace Signalbox.CircleCi.Execution.Jobs;

/// <summary>What lies in the folder of one node. Only its owner may look inside: commands and logs can hold anything.</summary>
internal sealed record NodeFolder(string Path)
{
    /// <summary>The private home of a job that runs on this machine.</summary>
    public string Home => In("home");

    public string Artifacts => In("artifacts");

    public string Tests => In("tests");

    /// <summary>What the engine and the steps hand each other; a container sees it too, as another user perhaps.</summary>
    public string Bridge => In("bridge");

    public static string Programs(string bridge) => $"{bridge}/bin";

    public static string Commands(string bridge) => $"{bridge}/commands";

    /// <summary>Where steps write; the only part of the bridge that they may.</summary>
    public static string Signals(string bridge) => $"{bridge}/signals";

    public static string HaltSignal(string bridge) => $"{Signals(bridge)}/halt";

    public static string BashEnvironment(string bridge) => $"{Signals(bridge)}/bash_env";

    public string Log(int step) => System.IO.Path.Combine(In("steps"), step.ToString("000", CultureInfo.InvariantCulture) + ".log");

    public void Create()
    {
        foreach (var (folder, mode) in new[]
        {
            (Path, Permissions.OwnerOnly), (In("steps"), Permissions.OwnerOnly), (Bridge, Permissions.Readable),
            (Programs(Bridge), Permissions.Readable), (Commands(Bridge), Permissions.Readable), (Signals(Bridge), Permissions.Everyone),
        })
        {
            Directory.CreateDirectory(folder);
            Permissions.Set(folder, mode);
        }

        File.WriteAllText(BashEnvironment(Bridge), "");
        Permissions.Set(BashEnvironment(Bridge), Permissions.Everyone);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
