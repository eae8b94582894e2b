using System.ComponentModel;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Sandbox.Emulator;

/// <summary>Starts the emulator as a daemon and returns when it answers.</summary>
internal sealed class EmulatorLauncher(SandboxFolder folder, PythonWithMoto python, IReadOnlyDictionary<string, string> variables)
{
    public static readonly Rule Unsupported = new("SB5105", Severity.Error, "moto's version is not supported");
    public static readonly Rule NotStarted = new("SB5106", Severity.Error, "the emulator did not start");

    // As __main__.py says it.
    private const int UnsupportedMoto = 3;
    private const int LogLines = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>The part of the command line that tells an emulator of this folder from every other process.</summary>
    public static string Words(SandboxFolder folder) => $"-m launcher --folder {folder.Path}";

    /// <summary>Null when the emulator answers.</summary>
    public async Task<Diagnostic?> Start(TimeProvider clock, CancellationToken cancellation)
    {
        var command = new Command(python.Program, ["-m", "launcher", "--folder", folder.Path, "--build", LauncherFiles.Build])
        {
            Folder = "/",
            Environment = Variables(await LauncherFiles.Extract(folder, cancellation)),
        };
        var said = new List<string>();
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        Exit exit;
        try
        {
            exit = await new ProcessRunner(clock).Run(
                command,
                line =>
                {
                    lock (said)
                        said.Add(line.Text);
                },
                either.Token);
        }
        catch (Win32Exception refused)
        {
            return NotStarted.Without($"`{python.Program}` cannot be run: {refused.Message}", "run `scripts/setup.sh`");
        }

        cancellation.ThrowIfCancellationRequested();
        return exit.Code switch
        {
            0 => null,
            UnsupportedMoto => Unsupported.Without(
                string.Join(' ', said),
                "run `scripts/setup.sh`, which installs the version that is"),
            _ => NotStarted.Without(
                $"the emulator {(exit.WasInterrupted ? $"did not answer within {Limit.TotalSeconds:0} s" : "ended while it was starting")}:"
                    + await LastWords(said, cancellation),
                $"read `{folder.LogFile}`"),
        };
    }

    private Dictionary<string, string> Variables(string launcher) => new(variables, StringComparer.Ordinal)
    {
        ["PYTHONPATH"] = launcher,
        ["PYTHONDONTWRITEBYTECODE"] = "1",
        ["PYTHONUNBUFFERED"] = "1",
    };

    private async Task<string> LastWords(List<string> said, CancellationToken cancellation)
    {
        var log = File.Exists(folder.LogFile) ? await File.ReadAllLinesAsync(folder.LogFile, cancellation) : [];
        return string.Concat(said.Concat(log).TakeLast(LogLines).Select(line => $"\n  {line}"));
    }
}
