using Signalbox.CircleCi.Execution.Workplaces;

namespace Signalbox.CircleCi.Execution.Jobs;

/// <summary>
/// The `circleci` and `circleci-agent` that stand on the PATH of each job. Halting needs only sh; the rest calls this
/// program, which in a container is there only if its C library can run it.
/// </summary>
internal static class InJobPrograms
{
    /// <summary>The hidden command of this program that does what `circleci` does in a job.</summary>
    public const string Command = "in-job";

    public static void Write(NodeFolder folder, string bridge, JobHost host, bool isContainer)
    {
        var programs = NodeFolder.Programs(folder.Bridge);
        var program = isContainer ? $"{bridge}/program" : host.Program;
        foreach (var name in new[] { "circleci", "circleci-agent" })
            Script(Path.Combine(programs, name), Text(bridge, program));
        if (!isContainer)
            Script(Path.Combine(programs, "signalbox"), $"#!/bin/sh\nexec {ShellLine.Quote(program)} \"$@\"\n");
    }

    private static string Text(string bridge, string program) => $$"""
        #!/bin/sh
        case "$1 $2" in
            "step halt" | "task halt") : >{{ShellLine.Quote(NodeFolder.HaltSignal(bridge))}} && exit 0 ;;
        esac
        "{{program}}" --version >/dev/null 2>&1 || {
            echo "circleci $1 $2: this image cannot run signalbox, which answers it (its C library is not glibc, or the build is not a native one); only \`circleci step halt\` works here" >&2
            exit 1
        }
        exec "{{program}}" {{Command}} -- "$@"

        """;

    private static void Script(string path, string text)
    {
        File.WriteAllText(path, text);
        Permissions.Set(path, Permissions.Readable);
    }
}
