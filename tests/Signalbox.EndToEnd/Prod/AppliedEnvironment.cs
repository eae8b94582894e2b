using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.Prod;

/// <summary>
/// The environment of this repository, applied once into a sandbox of its own from a fresh clone, by the documented
/// wrapper. The account is recorded, so that each test starts from it in seconds.
/// </summary>
public sealed class AppliedEnvironment : IAsyncLifetime
{
    private readonly string _parent = Directory.CreateTempSubdirectory("signalbox-prod-").FullName;
    private string _cloned = "";

    public string Folder => Path.Combine(_parent, "clone");

    /// <summary>What the first plan and the apply said.</summary>
    public Ending FirstPlan { get; private set; } = new(-1, "", "");

    public Ending FirstApply { get; private set; } = new(-1, "", "");

    public async ValueTask InitializeAsync()
    {
        Must(await PublishedProgram.RunOther("/usr/bin/git", _parent, ["clone", "-q", PublishedProgram.Repository, Folder], CancellationToken.None));
        _cloned = (await Git("rev-parse", "HEAD")).Answer.Trim();
        Must(await Signalbox("sandbox", "up"));
        Must(await Wrapper("init"));
        FirstPlan = Must(await Wrapper("plan"));
        FirstApply = await Wrapper("apply");
        Assert.True(FirstApply.Code is 0, $"{FirstApply}--- what the emulator could not do\n{await EmulatorFailures()}");
        Must(await Signalbox("sandbox", "snapshot"));
    }

    public async ValueTask DisposeAsync()
    {
        await Signalbox("sandbox", "down");
        Directory.Delete(_parent, recursive: true);
    }

    public Task<Ending> Signalbox(params string[] arguments) => PublishedProgram.Run(Folder, arguments);

    public Task<Ending> Wrapper(params string[] arguments) =>
        PublishedProgram.RunOther(Path.Combine(Folder, "scripts", "terraform-prod.sh"), Folder, arguments, CancellationToken.None, ("SIGNALBOX_PROGRAM", PublishedProgram.Path));

    /// <summary>Puts the account, and the sources, back to what they were after the first apply.</summary>
    public async Task Reset()
    {
        await Git("reset", "-q", "--hard", _cloned);
        Must(await Signalbox("sandbox", "reset", "--from-snapshot"));
    }

    public async Task<Ending> Git(params string[] arguments) =>
        Must(await PublishedProgram.RunOther("/usr/bin/git", Folder, arguments, CancellationToken.None));

    /// <summary>Runs a shell command that talks to the sandbox as a person's shell would.</summary>
    public async Task<Ending> Shell(string command) => Must(await PublishedProgram.RunOther(
        "/bin/bash", Folder, ["-c", $"eval \"$({PublishedProgram.Path} sandbox env)\"; {command}"], CancellationToken.None));

    /// <summary>A failed apply says what Terraform was told; only the emulator's log says why it was told that.</summary>
    private async Task<string> EmulatorFailures() => (await PublishedProgram.RunOther(
        "/bin/grep", Folder, ["-nE", "-A20", "Traceback|\" (409|5..) ", Path.Combine(".signalbox", "sandbox", "emulator.log")], CancellationToken.None)).All;
}
