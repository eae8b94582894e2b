using Signalbox.CircleCi.Compilation;
using Signalbox.Diagnostics;
using Signalbox.Processes.Sessions;

namespace Signalbox.CircleCi.Execution.Workplaces;

/// <summary>Where the steps of one node run: a private folder of this machine, or a container. Paths are as seen there.</summary>
internal interface IWorkplace
{
    /// <summary>Its paths are paths of this machine, and the files behind them this user's.</summary>
    bool IsHere { get; }

    /// <summary>What `~` means, absolute.</summary>
    string Home { get; }

    /// <summary>Where the node's bridge is.</summary>
    string Bridge { get; }

    /// <summary>What every process finds in its environment before any variable of the config.</summary>
    ValueList<Variable> Variables { get; }

    /// <summary>The job's services that were started beside the place of its steps.</summary>
    ValueList<StartedService> Services { get; }

    /// <summary>Bash where there is one, else sh, as a command line.</summary>
    string DefaultShell { get; }

    /// <summary>The absolute place of a path in the config: `~` expanded, a relative one taken from a folder.</summary>
    string Resolve(string path, string from);

    /// <summary>The name of a file that CircleCI would show for an absolute place.</summary>
    string Shown(string path);

    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    Task<PlacedProcess> Start(PlacedCommand command, CancellationToken cancellation);

    /// <summary>Asks the process and what it started to end, and ends them when <paramref name="grace"/> is over.</summary>
    Task Stop(PlacedProcess process, TimeSpan grace);

    /// <summary>What a person types to get a shell there with the variables of the job.</summary>
    Task<string> ShellCommand(string folder, ValueList<Variable> variables, CancellationToken cancellation);

    /// <summary>Ends everything that still runs there.</summary>
    Task End(bool isKept, CancellationToken cancellation);
}

/// <param name="Words">A program, looked up on the PATH of <paramref name="Variables"/> unless it is a path, and its arguments.</param>
/// <param name="Folder">Where it starts; it must exist.</param>
internal sealed record PlacedCommand(ValueList<string> Words, string Folder, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>A file of this machine that becomes the standard input; nothing by default.</summary>
    public string? InputFile { get; init; }

    /// <summary>Standard error is part of the output; else it goes nowhere.</summary>
    public bool MergesErrors { get; init; } = true;
}

/// <param name="Output">Prints what the service has said since it started.</param>
/// <param name="Ending">Prints the service's exit code, and nothing while it runs.</param>
internal sealed record StartedService(string Image, SessionCommand Output, SessionCommand Ending);
