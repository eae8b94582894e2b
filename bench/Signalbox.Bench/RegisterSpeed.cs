using System.Diagnostics;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;

namespace Signalbox.Bench;

/// <summary>What an entry costs beyond the flush that keeps it, how fast a register is checked, and how large it gets.</summary>
internal static class RegisterSpeed
{
    private static readonly EntryKind[] Kinds = [EntryKind.Planned, EntryKind.Approved, EntryKind.Applying, EntryKind.Applied, EntryKind.Verified];

    public static async Task<int> Run(string step, string folder, int count, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        var register = new FileRegister(Path.Combine(folder, "register.ndjson"), TimeProvider.System);
        switch (step)
        {
            case "append":
                await Append(register, Path.Combine(folder, "bare"), count, output);
                return 0;
            case "fill":
                for (var entry = 0; entry < count; entry++)
                    await Written(register, entry);
                return 0;
            case "verify":
                var watch = Stopwatch.StartNew();
                var verdict = await RegisterCheck.Run(register, known: [], CancellationToken.None);
                await output.WriteLineAsync($"{verdict.Head.Sequence} {watch.Elapsed.TotalSeconds:0.000} {Environment.CpuUsage.TotalTime.TotalSeconds:0.000}");
                return verdict.Holds ? 0 : 1;
            default:
                return 2;
        }
    }

    /// <summary>In turns with the floor: the same bytes appended and flushed by nothing else.</summary>
    private static async Task Append(FileRegister register, string bare, int count, TextWriter output)
    {
        var (ours, floor) = (new List<double>(), new List<double>());
        for (var entry = 0; entry < count; entry++)
        {
            var before = Stopwatch.GetTimestamp();
            var written = await Written(register, entry);
            ours.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            byte[] line = [.. written.ToJson().Span, (byte)'\n'];
            before = Stopwatch.GetTimestamp();
            await using (var file = new FileStream(bare, FileMode.Append))
            {
                await file.WriteAsync(line);
                file.Flush(flushToDisk: true);
            }

            floor.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        await output.WriteLineAsync($"append     p50 {At(ours, 0.5):0.00} ms  p99 {At(ours, 0.99):0.00} ms");
        await output.WriteLineAsync($"bare fsync p50 {At(floor, 0.5):0.00} ms  p99 {At(floor, 0.99):0.00} ms");
        await output.WriteLineAsync($"over the floor: p50 {At(ours, 0.5) - At(floor, 0.5):0.00} ms, p99 {At(ours, 0.99) - At(floor, 0.99):0.00} ms; ratio p50 {At(ours, 0.5) / At(floor, 0.5):0.00}");
    }

    private static async Task<RegisterEntry> Written(FileRegister register, int number)
    {
        var kind = Kinds[number % Kinds.Length];
        var note = new RegisterNote
        {
            Kind = kind,
            Environment = "prod",
            Target = Target.Aws,
            Actor = new Actor(kind == EntryKind.Approved ? "bob@example.org" : "Ada Lovelace <ada@example.org>", kind == EntryKind.Approved ? "hold" : "git"),
            Commit = PlanDigest.Of(BitConverter.GetBytes(-number / Kinds.Length)).Hex[..40],
            Plan = PlanDigest.Of(BitConverter.GetBytes(number / Kinds.Length)),
            Outcome = kind == EntryKind.Verified ? "healthy" : null,
            Duration = kind == EntryKind.Applied ? TimeSpan.FromMilliseconds(61_000 + (number % 9_973)) : null,
            Facts = kind == EntryKind.Applied ? [new("added", $"{number % 7}"), new("changed", $"{number % 3}"), new("removed", "0")] : [],
        };
        return (await register.Append(note, CancellationToken.None)).Succeeded(out var entry, out var problems) ? entry : throw new InvalidOperationException(problems[0].Message);
    }

    private static double At(List<double> times, double share) => times.Order().ElementAt((int)(times.Count * share));
}
