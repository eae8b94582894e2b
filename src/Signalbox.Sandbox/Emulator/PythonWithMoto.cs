using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Sandbox.Emulator;

/// <summary>The Python that runs the emulator, found by asking each candidate whether it has moto.</summary>
/// <param name="Program">What Python says of itself, so that a version manager's shim is passed through only once.</param>
internal sealed record PythonWithMoto(string Program, string MotoVersion)
{
    /// <summary>Names the one Python to use.</summary>
    public const string Variable = "SIGNALBOX_PYTHON";

    public static readonly Rule Missing = new("SB5104", Severity.Error, "no Python with moto");

    private const string Question = "import importlib.metadata, sys; print(importlib.metadata.version('moto')); print(sys.executable)";

    public static async Task<Outcome<PythonWithMoto>> Find(
        SandboxFolder folder,
        IReadOnlyDictionary<string, string> variables,
        CancellationToken cancellation)
    {
        foreach (var candidate in Candidates(folder, variables))
        {
            if (await Ask(candidate, variables, cancellation) is { } python)
                return python;
        }

        return variables.TryGetValue(Variable, out var named)
            ? Missing.Without($"`{named}`, which {Variable} names, has no moto", $"unset {Variable}, or run `scripts/setup.sh`")
            : Missing.Without("no python3 on this machine has moto, the AWS emulator", "run `scripts/setup.sh` to install it");
    }

    /// <summary>A Python that the person names is the only candidate: a silent other choice would hide the mistake.</summary>
    private static IEnumerable<string> Candidates(SandboxFolder folder, IReadOnlyDictionary<string, string> variables)
    {
        var searched = variables.GetValueOrDefault("PATH", "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var candidates = variables.TryGetValue(Variable, out var named)
            ? named.Contains('/') ? new[] { named } : searched.Select(bin => Path.Combine(bin, named))
            : [folder.PrivatePython, .. searched.Select(bin => Path.Combine(bin, "python3"))];
        return candidates.Where(File.Exists).Distinct(StringComparer.Ordinal);
    }

    private static async Task<PythonWithMoto?> Ask(
        string candidate,
        IReadOnlyDictionary<string, string> variables,
        CancellationToken cancellation)
    {
        var command = new Command(candidate, ["-c", Question])
        {
            Folder = "/",
            Environment = variables
                .Where(v => v.Key is "PATH" or "HOME" || v.Key.StartsWith("PYENV_", StringComparison.Ordinal))
                .ToDictionary(StringComparer.Ordinal),
        };
        var lines = new List<string>();
        var exit = await new ProcessRunner(TimeProvider.System).Run(
            command,
            line =>
            {
                if (line.Source == Output.Standard)
                    lines.Add(line.Text.Trim());
            },
            cancellation);
        cancellation.ThrowIfCancellationRequested();
        return exit.Code == 0 && lines is [var version, var program] ? new PythonWithMoto(program, version) : null;
    }
}
