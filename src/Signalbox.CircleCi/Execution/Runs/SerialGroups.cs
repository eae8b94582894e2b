using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Journal;
using Signalbox.Processes;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>Who wants a serial group, and from where.</summary>
/// <param name="Project">The project's journal, absolute: the order of pipelines is compared within a project only.</param>
public sealed record SerialRequest(string Group, string Project, int PipelineNumber, RunId Run, string Job);

/// <summary>
/// One job of a serial group at a time, over all runs, processes and projects of a person: a queue of ticket files a
/// group, served in the order of their numbers. A ticket counts as long as the process that drew it lives, or the run
/// waits for a person, or programs that its job left behind still run.
/// </summary>
/// <param name="folder">Shared by all projects, absolute.</param>
/// <param name="leftSomethingRunning">Whether programs of the ticket's job live on after the engine that started them.</param>
public sealed class SerialGroups(string folder, Func<SerialTicket, CancellationToken, Task<bool>> leftSomethingRunning, TimeProvider clock)
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a job waits for its turn before it is canceled (CircleCI's own limit).</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromHours(5);

    /// <summary>Draws a ticket; a job that has one keeps its place, also after a crash, unless somebody was served meanwhile.</summary>
    /// <returns>False when a newer pipeline of the project waits or runs: the job is skipped.</returns>
    public async Task<bool> Join(SerialRequest request, CancellationToken cancellation)
    {
        var holder = await ProcessIdentity.Of(Environment.ProcessId, cancellation);
        using var alone = await Alone(request.Group, cancellation);
        if ((await All(request.Group, cancellation)).FirstOrDefault(ticket => ticket.IsOf(request)) is { } own)
        {
            await Write(own with { ProcessId = holder!.Id, Started = holder.Started, IsKept = false }, cancellation);
            return true;
        }

        var tickets = await Purged(request.Group, cancellation);
        if (tickets.Any(ticket => ticket.Project == request.Project && ticket.PipelineNumber > request.PipelineNumber))
            return false;
        var number = tickets.Count == 0 ? 1 : tickets[^1].Number + 1;
        await Write(new SerialTicket(number, request.Group, request.Project, request.PipelineNumber, request.Run.ToString(), request.Job, holder!.Id, holder.Started, IsKept: false), cancellation);
        return true;
    }

    /// <summary>Waits until the job's ticket is the first.</summary>
    /// <returns>False when it took too long.</returns>
    public async Task<bool> Wait(SerialRequest request, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        while (!await IsFirst(request, cancellation))
        {
            if (clock.GetElapsedTime(since) > LongestWait)
                return false;
            await Task.Delay(Pause, clock, cancellation);
        }

        return true;
    }

    /// <summary>Gives back what a run holds of a group; safe to repeat.</summary>
    /// <param name="job">Only this job's ticket, or null for every one of the run.</param>
    public async Task Release(string group, RunId run, string? job, CancellationToken cancellation)
    {
        using var alone = await Alone(group, cancellation);
        foreach (var ticket in await All(group, cancellation))
        {
            if (ticket.Run == run.ToString() && (job is null || ticket.Job == job))
                File.Delete(FileOf(ticket));
        }
    }

    /// <summary>Marks what a run holds, so that it is still held when this process ends while the run waits for a person.</summary>
    public async Task Keep(string group, RunId run, CancellationToken cancellation)
    {
        using var alone = await Alone(group, cancellation);
        foreach (var ticket in await All(group, cancellation))
        {
            if (ticket.Run == run.ToString())
                await Write(ticket with { IsKept = true }, cancellation);
        }
    }

    /// <summary>The job that everybody of a group waits for, or null.</summary>
    public async Task<SerialTicket?> Holder(string group, CancellationToken cancellation) => (await Living(group, cancellation)).FirstOrDefault();

    /// <summary>Once a job was told that it is the first, no dead ticket before it may come to life again.</summary>
    private async Task<bool> IsFirst(SerialRequest request, CancellationToken cancellation)
    {
        using var alone = await Alone(request.Group, cancellation);
        return (await Purged(request.Group, cancellation)).FirstOrDefault() is { } first && first.IsOf(request);
    }

    /// <summary>What is left when the tickets of the dead are gone. Only for whom has the group's folder alone.</summary>
    private async Task<List<SerialTicket>> Purged(string group, CancellationToken cancellation)
    {
        var living = await Living(group, cancellation);
        foreach (var dead in (await All(group, cancellation)).Except(living))
            File.Delete(FileOf(dead));
        return living;
    }

    private async Task<List<SerialTicket>> Living(string group, CancellationToken cancellation)
    {
        var living = new List<SerialTicket>();
        foreach (var ticket in await All(group, cancellation))
        {
            if (ticket.IsKept
                || await new ProcessIdentity(ticket.ProcessId, ticket.Started).IsAlive(cancellation)
                || await leftSomethingRunning(ticket, cancellation))
            {
                living.Add(ticket);
            }
        }

        return living;
    }

    private async Task<List<SerialTicket>> All(string group, CancellationToken cancellation)
    {
        var place = FolderOf(group);
        if (!Directory.Exists(place))
            return [];
        var tickets = new List<SerialTicket>();
        foreach (var file in Directory.EnumerateFiles(place, "*.json").Order(StringComparer.Ordinal))
        {
            if (await Read(file, cancellation) is { } ticket)
                tickets.Add(ticket);
        }

        return tickets;
    }

    /// <summary>Null when its holder gave it back meanwhile.</summary>
    private static async Task<SerialTicket?> Read(string file, CancellationToken cancellation)
    {
        try
        {
            return JsonSerializer.Deserialize(await File.ReadAllTextAsync(file, cancellation), SerialTicketJson.Default.SerialTicket);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private Task Write(SerialTicket ticket, CancellationToken cancellation) =>
        DurableFile.Write(FileOf(ticket), JsonSerializer.SerializeToUtf8Bytes(ticket, SerialTicketJson.Default.SerialTicket), cancellation);

    private async Task<FolderLock> Alone(string group, CancellationToken cancellation)
    {
        var place = FolderOf(group);
        Directory.CreateDirectory(place);
        return await FolderLock.Take(Path.Combine(place, "lock"), LockLimit, clock, cancellation)
            ?? throw new TimeoutException($"{place} is locked by another process that does not let go of it");
    }

    private string FileOf(SerialTicket ticket) => Path.Combine(FolderOf(ticket.Group), $"{ticket.Number:D12}.json");

    /// <summary>A key may hold slashes and be 512 characters long: its digest is the name.</summary>
    private string FolderOf(string group) =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(group)))[..32]);
}

/// <param name="Number">The place in the queue.</param>
/// <param name="Started">See <see cref="ProcessIdentity"/>.</param>
/// <param name="IsKept">It counts although its process may be gone: the run waits for a person.</param>
public sealed record SerialTicket(
    long Number, string Group, string Project, int PipelineNumber, string Run, string Job, int ProcessId, string Started, bool IsKept)
{
    internal bool IsOf(SerialRequest request) => Run == request.Run.ToString() && Job == request.Job;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SerialTicket))]
internal sealed partial class SerialTicketJson : JsonSerializerContext;
