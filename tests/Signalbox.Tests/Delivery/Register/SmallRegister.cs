using System.Text;
using Microsoft.Extensions.Time.Testing;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Xunit;

namespace Signalbox.Tests.Delivery.Register;

/// <summary>A file register in a folder of its own, with deliveries in it.</summary>
internal sealed class SmallRegister : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public SmallRegister() => File = new FileRegister(Path, Clock);

    public string Folder { get; } = Directory.CreateTempSubdirectory("signalbox-register-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "register.ndjson");

    public FakeTimeProvider Clock { get; } = new(Start);

    public FileRegister File { get; }

    public static PlanDigest Digest(int number) => PlanDigest.Of(BitConverter.GetBytes(number));

    public static RegisterNote Note(EntryKind kind, int plan) => new()
    {
        Kind = kind,
        Environment = "prod",
        Target = Target.Sandbox,
        Actor = new Actor("Ada <ada@example.org>", "git"),
        Commit = new string('c', 40),
        Plan = Digest(plan),
        Findings = kind == EntryKind.Planned ? ["SB3104", "SB3105"] : [],
        Outcome = kind == EntryKind.Applied ? "applied \"as planned\" with C:\\ and ünïcode 🚂" : null,
        Duration = kind == EntryKind.Applied ? TimeSpan.FromMilliseconds(61_234.7) : null,
        Facts = kind == EntryKind.Applied ? [new("removed", "0"), new("added", "12")] : [],
    };

    public Task<RegisterEntry> Append(EntryKind kind, int plan) => Append(Note(kind, plan));

    public async Task<RegisterEntry> Append(RegisterNote note)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var outcome = await File.Append(note, TestContext.Current.CancellationToken);
        Assert.True(outcome.Succeeded(out var entry, out var problems), problems?.ToString());
        return entry;
    }

    /// <summary>Deliveries of four entries each: planned, approved, applying, applied.</summary>
    public async Task Deliver(int deliveries)
    {
        for (var plan = 0; plan < deliveries; plan++)
        {
            foreach (var kind in (EntryKind[])[EntryKind.Planned, EntryKind.Approved, EntryKind.Applying, EntryKind.Applied])
                await Append(kind, plan);
        }
    }

    public Task<RegisterVerdict> Check() => RegisterCheck.Run(new FileRegister(Path, Clock), [.. KnownHead.Remembered(File)], TestContext.Current.CancellationToken);

    public byte[] Bytes() => System.IO.File.ReadAllBytes(Path);

    public List<string> Lines() => [.. Encoding.UTF8.GetString(Bytes()).Split('\n')[..^1]];

    public void Rewrite(IEnumerable<string> lines) => Rewrite(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    public void Rewrite(byte[] bytes) => System.IO.File.WriteAllBytes(Path, bytes);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
