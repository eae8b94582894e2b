namespace Signalbox.CircleCi.Execution.Workplaces;

/// <summary>The modes that the engine gives to what it makes; Windows, which has none, is left as it is.</summary>
internal static class Permissions
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>What the user of a container, whoever that is, may read and run.</summary>
    public const UnixFileMode Readable =
        OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public const UnixFileMode Everyone = Readable | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Sets a mode exactly; the mode asked for at creation would be cut by the umask.</summary>
    public static void Set(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}
