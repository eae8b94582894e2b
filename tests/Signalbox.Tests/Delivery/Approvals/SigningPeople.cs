using System.Diagnostics;
using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Ssh;
using Signalbox.Processes;
using Signalbox.Tests.Delivery.Plans;
using Xunit;

namespace Signalbox.Tests.Delivery.Approvals;

/// <summary>Three people with SSH keys of their own; the real `ssh-keygen` signs and checks.</summary>
internal sealed class SigningPeople : IDisposable
{
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal) { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };

    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-people-").FullName;
    private readonly FakeEntries _entries = new();

    public SigningPeople()
    {
        foreach (var name in (string[])["ada", "bob", "eve"])
        {
            using var made = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", KeyOf(name)]);
            made.WaitForExit();
        }
    }

    public SshSignatures Signatures { get; } = new(new ProcessRunner(TimeProvider.System), Variables);

    public OpenedPlan Plan { get; set; } = Sample.Opened(Sample.Manifest with { Author = "Ada <ada@example.org>" });

    public DateTimeOffset Now { get; } = Sample.Noon.AddHours(1);

    public IReadOnlyList<RegisterEntry> Entries => _entries.All;

    public static string NameOf(string person) => $"{person}@example.org";

    public string Signers(params string[] people) =>
        string.Concat(people.Select(person => $"{NameOf(person)} {File.ReadAllText($"{KeyOf(person)}.pub")}"));

    public async Task<string> Sign(string person, string purpose, byte[] statement)
    {
        var outcome = await Signatures.Sign(KeyOf(person), purpose, statement, TestContext.Current.CancellationToken);
        Assert.True(outcome.Succeeded(out var signature, out var problems), problems?.ToString());
        return signature;
    }

    public ApprovalStatement Statement(string person, string? breakGlass = null) => ApprovalStatement.New(
        Plan.Digest, Plan.Manifest.Environment, Target.Sandbox, NameOf(person), Now.AddHours(1), breakGlass);

    /// <summary>An approval as `signalbox sign` writes it.</summary>
    public async Task Approve(string person, string? breakGlass = null)
    {
        var statement = Statement(person, breakGlass);
        Write(statement.ToNote(await Sign(person, ApprovalStatement.Namespace, statement.ToBytes()), commit: null));
    }

    public void Write(RegisterNote note) => _entries.Add(note, Now);

    public Task<ApprovalJudgement> Judge(ApprovalPolicy policy, string? signers, DateTimeOffset? now = null, Approval? offered = null, Target target = Target.Sandbox) =>
        new ApprovalDesk(Signatures, policy, target).Judge(Plan, Entries, offered, signers, now ?? Now, TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public string KeyOf(string person) => Path.Combine(_folder, person);

    private sealed class FakeEntries
    {
        private readonly List<RegisterEntry> _all = [];

        public IReadOnlyList<RegisterEntry> All => _all;

        public void Add(RegisterNote note, DateTimeOffset now) =>
            _all.Add((_all.Count == 0 ? RegisterHead.Start : RegisterHead.Of(_all[^1])).Next(note, now));
    }
}
