using System.Runtime.InteropServices;
using Signalbox.Diagnostics;

namespace Signalbox.Processes;

/// <summary>
/// Takes every TCP connection from a program except those to named ports: from it, from whatever it starts, and for as
/// long as they live. It is done by the kernel (landlock(7), since Linux 6.7) and needs no privilege.
/// </summary>
public sealed partial record Confinement
{
    /// <summary>
    /// The first argument that makes signalbox confine itself and become another program, because only a program's
    /// own process can do that to it: `signalbox [confine] PORT[,PORT] PROGRAM ARGUMENT…`.
    /// </summary>
    public const string Directive = "[confine]";

    private const int FirstVersionWithPorts = 4;

    private readonly string _signalbox;
    private readonly ValueList<int> _ports;

    private Confinement(string signalbox, ValueList<int> ports) => (_signalbox, _ports) = (signalbox, ports);

    /// <summary>False on an older kernel, and anywhere but on Linux.</summary>
    public static bool IsPossible { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess && LandlockVersion() >= FirstVersionWithPorts;

    /// <summary>Null where it is not possible, and in a program that is not signalbox.</summary>
    /// <param name="ports">What may still be connected to, on any address.</param>
    public static Confinement? To(ValueList<int> ports) =>
        IsPossible && Environment.ProcessPath is { } self && Path.GetFileName(self) == "signalbox" ? new Confinement(self, ports) : null;

    /// <summary>The command that runs the same program, in the same folder and environment, confined.</summary>
    public Command Of(Command command) =>
        command with { Program = _signalbox, Arguments = [Directive, string.Join(',', _ports), command.Program, .. command.Arguments] };

    /// <summary>Becomes the program of a directive. It returns only when that could not be done.</summary>
    /// <returns>Why not, in one sentence.</returns>
    public static string Become(string[] arguments)
    {
        if (arguments is not [Directive, var ports, var program, .. var rest] || !TryPorts(ports, out var allowed))
            return $"{Directive} takes ports, a program and its arguments";
        string[] kept = [.. WithFilesKept(rest)];
        return Restrict(allowed) ?? NextProgram.Become(program, kept);
    }

    private static bool TryPorts(string text, out ulong[] ports)
    {
        var words = text.Split(',');
        ports = [.. words.Select(word => ushort.TryParse(word, out var port) ? port : 0UL)];
        return Array.TrueForAll(ports, port => port > 0);
    }

    /// <summary>
    /// A confined program may not look into a process that is not, and a <see cref="PrivateFile"/> is a descriptor of
    /// the process that started us: it is opened here, before, and passed on as one of the program's own.
    /// </summary>
    private static IEnumerable<string> WithFilesKept(IEnumerable<string> arguments)
    {
        var folder = $"/proc/{ParentId()}/fd/";
        foreach (var argument in arguments)
        {
            var at = argument.IndexOf(folder, StringComparison.Ordinal);
            var descriptor = at < 0 ? -1 : Open(argument[at..], ReadAndWrite);
            yield return descriptor < 0 ? argument : $"{argument[..at]}/proc/self/fd/{descriptor}";
        }
    }

    private static string? Restrict(ulong[] ports)
    {
        var attribute = new RulesetAttribute { HandledNetwork = ConnectTcp };
        var ruleset = CreateRuleset(SystemCallCreate, ref attribute, (nuint)Marshal.SizeOf<RulesetAttribute>(), 0);
        if (ruleset < 0)
            return Refused();
        foreach (var port in ports)
        {
            var rule = new NetworkPort { Allowed = ConnectTcp, Port = port };
            if (AddRule(SystemCallAdd, (int)ruleset, RuleOfNetworkPort, ref rule, 0) < 0)
                return Refused();
        }

        return SetProcess(NoNewPrivileges, 1, 0, 0, 0) < 0 || RestrictSelf(SystemCallRestrict, (int)ruleset, 0) < 0 ? Refused() : null;
    }

    private static string Refused() => $"the kernel does not confine this process: {Marshal.GetLastPInvokeErrorMessage()}";

    private static int LandlockVersion() => (int)AskVersion(SystemCallCreate, 0, 0, AskForVersion);

    // The numbers are the same on every 64-bit Linux that .NET runs on (include/uapi/asm-generic/unistd.h).
    private const nint SystemCallCreate = 444;
    private const nint SystemCallAdd = 445;
    private const nint SystemCallRestrict = 446;
    private const uint AskForVersion = 1;
    private const int RuleOfNetworkPort = 2;
    private const ulong ConnectTcp = 1 << 1;
    private const int NoNewPrivileges = 38;
    private const int ReadAndWrite = 2;

    /// <summary>`struct landlock_ruleset_attr`, as far as version 4 knows it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct RulesetAttribute
    {
        public ulong HandledFiles;
        public ulong HandledNetwork;
    }

    /// <summary>`struct landlock_net_port_attr`.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NetworkPort
    {
        public ulong Allowed;
        public ulong Port;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint AskVersion(nint number, nint nothing, nuint size, uint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint CreateRuleset(nint number, ref RulesetAttribute attribute, nuint size, uint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint AddRule(nint number, int ruleset, int type, ref NetworkPort rule, uint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint RestrictSelf(nint number, int ruleset, uint flags);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int SetProcess(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();
}
