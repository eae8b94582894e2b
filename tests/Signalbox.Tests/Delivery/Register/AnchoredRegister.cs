using Signalbox.Delivery.Register;
using Signalbox.Processes;
using Signalbox.Tests.Cli;
using Signalbox.Tests.Delivery.Approvals;
using Xunit;
using Command = Signalbox.Processes.Command;

namespace Signalbox.Tests.Delivery.Register;

/// <summary>A git repository with a register in it, people who sign, and the program started in it.</summary>
internal sealed class AnchoredRegister : IDisposable
{
    private Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal) { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["GIT_CONFIG_NOSYSTEM"] = "1" };

    public AnchoredRegister()
    {
        Variables["GIT_CONFIG_GLOBAL"] = Path.Combine(Folder, "everywhere.gitconfig");
        Directory.CreateDirectory(Path.Combine(Folder, ".signalbox"));
        File.WriteAllText(Signers, People.Signers("ada", "bob"));
    }

    public SigningPeople People { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("signalbox-anchored-").FullName;

    public string Signers => Path.Combine(Folder, "signers");

    private string Register => Path.Combine(Folder, ".signalbox", "register.ndjson");

    public async Task Git(params string[] arguments)
    {
        var exit = await new ProcessRunner(TimeProvider.System).Run(
            new Command(ProgramSearch.Find("git", Variables)!, [.. arguments]) { Folder = Folder, Environment = Variables }, _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(0, exit.Code);
    }

    public async Task Repository()
    {
        await Git("init", "-q");
        await Git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "--allow-empty", "-m", "begin");
    }

    public async Task Deliver(int plan)
    {
        foreach (var kind in (EntryKind[])[EntryKind.Planned, EntryKind.Approved, EntryKind.Applying, EntryKind.Applied])
            Assert.True((await new FileRegister(Register, TimeProvider.System).Append(SmallRegister.Note(kind, plan), TestContext.Current.CancellationToken)).Succeeded(out _, out _));
    }

    /// <summary>As somebody does who can write the folder: the head that the machine remembers goes too.</summary>
    public void Rewrite(Func<string[], string[]> change)
    {
        File.WriteAllLines(Register, change(File.ReadAllLines(Register)));
        File.Delete($"{Register}.head");
    }

    public void Lose()
    {
        File.Delete(Register);
        File.Delete($"{Register}.head");
    }

    public Task<(int Code, string Output, string Error)> Anchor(string person, params string[] where) =>
        Run([.. (string[])["register", "anchor", "--key", People.KeyOf(person), "--as", SigningPeople.NameOf(person), "--signers", Signers], .. where]);

    /// <summary>Nothing but what git knows says who signs, and with what.</summary>
    public Task<(int Code, string Output, string Error)> AnchorAsGitSays(params string[] where) => Run([.. (string[])["register", "anchor", "--signers", Signers], .. where]);

    public Task<(int Code, string Output, string Error)> Verify(params string[] anchors) =>
        Run([.. (string[])["register", "verify", "--signers", Signers], .. anchors.SelectMany(anchor => (string[])["--anchor", anchor])]);

    public async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        var program = new StartedProgram { Folder = Folder, Variables = new(Variables, StringComparer.Ordinal), Clock = TimeProvider.System };
        var code = await program.Run(arguments);
        return (code, program.Output, program.Error);
    }

    public void Dispose()
    {
        People.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
