using System.Reflection;

namespace Signalbox.Cli.Help;

/// <summary>What this build is: its version and the story of the versions.</summary>
internal static class Release
{
    public static string Version { get; } =
        typeof(Release).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static string Changelog() => EmbeddedText.Read("CHANGELOG.md");
}
