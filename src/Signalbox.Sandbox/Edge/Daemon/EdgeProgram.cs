using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Daemon;

/// <summary>The edge is this program itself, started again with a command that help does not list.</summary>
internal static class EdgeProgram
{
    /// <summary>What the edge says on standard output once it answers.</summary>
    public const string Ready = "ready";

    private const string Name = "signalbox";

    /// <summary>Two edges of the same build answer alike.</summary>
    public static string Build => typeof(EdgeProgram).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    /// <summary>Beside its own libraries first: in a test, or under `dotnet signalbox.dll`, the process has another name.</summary>
    public static string Path
    {
        get
        {
            var beside = System.IO.Path.Combine(AppContext.BaseDirectory, Name);
            return File.Exists(beside) ? beside : Environment.ProcessPath ?? Name;
        }
    }

    public static ValueList<string> Arguments(EdgeFolder folder) => ["sandbox", "edge", "--folder", folder.Path];
}
