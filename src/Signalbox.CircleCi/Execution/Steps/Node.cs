using System.Text;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Workplaces;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Signalbox.Processes.Masking;
using Signalbox.Processes.Sessions;

namespace Signalbox.CircleCi.Execution.Steps;

/// <summary>What the steps of one node have in common.</summary>
internal sealed class Node
{
    /// <summary>How long a program may take to end after it was asked; Terraform needs some to write its state.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    public required JobAssignment Assignment { get; init; }

    public required NodeFolder Folder { get; init; }

    public required IWorkplace Place { get; init; }

    public required JobHost Host { get; init; }

    public required JobMark Mark { get; init; }

    public required JobEvents Events { get; init; }

    public required SecretSearch Secrets { get; init; }

    public required ProcessRunner Runner { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Absolute, at the workplace.</summary>
    public string WorkingDirectory => Place.Resolve(Assignment.Body.WorkingDirectory, Place.Home);

    public StepVariables Variables => field ??= new StepVariables(this);

    /// <summary>The absolute place of a path of the config.</summary>
    public string Resolve(string path) => Place.Resolve(path, WorkingDirectory);

    /// <summary>Starts a program at the workplace and has it on record before anything else happens.</summary>
    public async Task<SessionProcess> Start(PlacedCommand command, CancellationToken cancellation)
    {
        var process = await Place.Start(command, cancellation);
        if (await ProcessIdentity.Of(process.Id, cancellation) is { } identity)
            Events.Tell(new JobEvent.ProcessStarted(process.Id, identity.Started, ContainerName: null));
        return process;
    }

    /// <summary>Asks a process to end and waits until it has.</summary>
    public Task Stop(SessionProcess process) => Place.Stop(process, Grace);

    /// <summary>Runs one of the engine's own small programs, such as tar, to its end.</summary>
    /// <param name="read">Reads the standard output.</param>
    public async Task<int> Run(PlacedCommand command, Func<Stream, Task> read, CancellationToken cancellation)
    {
        await using var process = await Place.Start(command, cancellation);
        var reading = read(process.Output);
        try
        {
            var code = await process.Exited.WaitAsync(cancellation);
            await reading.WaitAsync(Drain, Clock, cancellation);
            return code;
        }
        catch (OperationCanceledException)
        {
            await Place.Stop(process, TimeSpan.Zero);
            throw;
        }
    }

    /// <summary>A program of the engine's own, with no variable of the config in reach.</summary>
    public PlacedCommand Tool(string folder, params ValueList<string> words) =>
        new(words, folder, Place.Variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal));

    /// <summary>What a small program prints, or null when it fails.</summary>
    public async Task<string?> Ask(ValueList<string> words, CancellationToken cancellation)
    {
        using var answer = new MemoryStream();
        var code = await Run(Tool("/", words) with { MergesErrors = false }, output => output.CopyToAsync(answer, cancellation), cancellation);
        return code == 0 ? Encoding.UTF8.GetString(answer.ToArray()) : null;
    }
}
