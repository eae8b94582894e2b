using System.ComponentModel;
using System.Text;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Signalbox.Processes.Sessions;

namespace Signalbox.CircleCi.Execution.Workplaces;

/// <summary>
/// This machine. `~` is a private home inside the node's folder, so that jobs neither see nor touch the person's own;
/// the tools are those on the person's PATH.
/// </summary>
internal sealed class HostWorkplace : IWorkplace
{
    private const string HomeOnCircleCi = "/home/circleci";

    private readonly JobHost _host;
    private readonly NodeFolder _folder;
    private readonly ProcessRunner _runner;
    private readonly TimeProvider _clock;
    private readonly string? _foreignWorkingDirectory;

    public HostWorkplace(JobHost host, NodeFolder folder, JobMark mark, string workingDirectory, ProcessRunner runner, TimeProvider clock)
    {
        (_host, _folder, _runner, _clock) = (host, folder, runner, clock);
        _foreignWorkingDirectory = workingDirectory is ['/', ..] && !IsBelow(workingDirectory, HomeOnCircleCi) ? workingDirectory.TrimEnd('/') : null;
        Directory.CreateDirectory(Resolve(workingDirectory, folder.Home));
        var inherited = host.Variables.GetValueOrDefault(MarkedProcesses.Variable);
        Variables =
        [
            .. host.OfTheMachine,
            new Variable("PATH", $"{NodeFolder.Programs(folder.Bridge)}:{host.SearchPath}"),
            new Variable("HOME", folder.Home),
            new Variable(MarkedProcesses.Variable, string.IsNullOrEmpty(inherited) ? mark.Text : $"{inherited},{mark.Text}"),
        ];
    }

    public bool IsHere => true;

    public string Home => _folder.Home;

    public string Bridge => _folder.Bridge;

    public ValueList<Variable> Variables { get; }

    public ValueList<StartedService> Services => [];

    public string DefaultShell =>
        (File.Exists("/bin/bash") ? "/bin/bash" : ProgramSearch.Find("bash", _host.Variables) ?? "/bin/sh") + " -eo pipefail";

    /// <remarks>
    /// `/home/circleci` and an absolute working directory mean a machine that this one is not; they lie in the private
    /// home instead, so that no two jobs share them. Every other absolute path is what it says.
    /// </remarks>
    public string Resolve(string path, string from)
    {
        if (path is "~" or ['~', '/', ..])
            return Path.GetFullPath(Home + path[1..]);
        if (_foreignWorkingDirectory is { } foreign && IsBelow(path, foreign))
            return Path.GetFullPath($"{Home}/{path[1..]}");
        return IsBelow(path, HomeOnCircleCi) ? Path.GetFullPath(Home + path[HomeOnCircleCi.Length..]) : Path.GetFullPath(path, from);
    }

    public string Shown(string path) => IsBelow(path, Home) ? HomeOnCircleCi + path[Home.Length..] : path;

    public Task<PlacedProcess> Start(PlacedCommand command, CancellationToken cancellation)
    {
        var program = command.Words[0];
        var found = program.Contains('/', StringComparison.Ordinal)
            ? Path.GetFullPath(program, command.Folder)
            : ProgramSearch.Find(program, command.Variables) ?? throw new Win32Exception(2, $"`{program}` is not on the PATH");
        var process = _runner.Start(new SessionCommand(found, [.. command.Words.Skip(1)])
        {
            Folder = command.Folder,
            Environment = command.Variables,
            InputFile = command.InputFile ?? "/dev/null",
            MergesErrors = command.MergesErrors,
        });
        return Task.FromResult(new PlacedProcess(process, process.Exited));
    }

    public Task Stop(PlacedProcess process, TimeSpan grace) => process.Process.Stop(grace, _clock);

    public async Task<string> ShellCommand(string folder, ValueList<Variable> variables, CancellationToken cancellation)
    {
        var script = new StringBuilder("#!/bin/sh\n# A shell where the job left off; its secrets are not kept.\n");
        script.Append("cd ").Append(ShellLine.Quote(folder)).Append(" && exec env -i TERM=\"$TERM\"");
        foreach (var variable in variables)
            script.Append(" \\\n  ").Append(ShellLine.Quote($"{variable.Name}={variable.Value}"));
        script.Append(" \\\n  ").Append(DefaultShell.Split(' ')[0]).Append('\n');
        var file = Path.Combine(_folder.Path, "shell");
        await File.WriteAllTextAsync(file, script.ToString(), cancellation);
        Permissions.Set(file, Permissions.OwnerOnly);
        return ShellLine.Quote(file);
    }

    public Task End(bool isKept, CancellationToken cancellation)
    {
        if (!isKept)
            DeletedFolder.Delete(_folder.Home);
        return Task.CompletedTask;
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');
}
