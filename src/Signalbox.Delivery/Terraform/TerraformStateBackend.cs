using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Recovery;
using Signalbox.Diagnostics;
using Signalbox.Journal;
using Signalbox.Processes;

namespace Signalbox.Delivery.Terraform;

/// <summary>The state and its lock through Terraform's own commands, none of which starts a provider.</summary>
public sealed partial class TerraformStateBackend : IStateBackend
{
    /// <summary>Nothing has this address. Marking it takes the lock as every change does, and then changes nothing.</summary>
    private const string Nothing = "terraform_data.signalbox_looks_for_a_lock";

    private const string LookName = "signalbox-look-";

    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(1);

    private readonly ProcessRunner _runner;
    private readonly TerraformProgram _program;
    private readonly TerraformSetting _setting;
    private readonly Dictionary<string, string> _variables;

    public TerraformStateBackend(ProcessRunner runner, TerraformProgram program, TerraformSetting setting)
    {
        (_runner, _program, _setting) = (runner, program, setting);
        _variables = TerraformVariables.Common(setting.Access.Variables);
        _variables["TF_DATA_DIR"] = setting.DataFolder;
    }

    public int? RunningTerraform()
    {
        if (!Directory.Exists("/proc/self"))
            return null;
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            if (FolderOf(process) == _setting.RootFolder && NameOf(process) is { } name && (name == Path.GetFileName(_program.Path) || name is "terraform" or "tofu"))
                return int.Parse(Path.GetFileName(process));
        }

        return null;
    }

    /// <summary>
    /// Looking takes the lock for a moment, so a look that is killed leaves one. A note beside Terraform's files says when
    /// each look began, and goes when it has ended.
    /// </summary>
    public async Task<Outcome<StateLock?>> FindLock(CancellationToken cancellation)
    {
        var killed = Looks().Select(note => new DateTimeOffset(File.GetLastWriteTimeUtc(note), TimeSpan.Zero)).ToArray();
        await DurableFile.Write(Path.Combine(_setting.DataFolder, $"{LookName}{killed.Length}"), Array.Empty<byte>(), cancellation);
        if (!(await Look(cancellation)).Succeeded(out var held, out var problems))
            return new Outcome<StateLock?>.Failure(problems);
        if (held is { Operation: "taint" } && held.IsOf(Environment.MachineName) && killed.Any(began => (held.Created - began).Duration() < LongestLook))
        {
            if (!(await Unlock(held, cancellation)).Succeeded(out _, out problems) || !(await Look(cancellation)).Succeeded(out held, out problems))
                return new Outcome<StateLock?>.Failure(problems);
        }

        foreach (var note in Looks())
            File.Delete(note);
        return new Outcome<StateLock?>.Success(held);
    }

    private string[] Looks() => Directory.GetFiles(_setting.DataFolder, $"{LookName}*");

    private async Task<Outcome<StateLock?>> Look(CancellationToken cancellation)
    {
        var (code, said) = await Run(["taint", "-allow-missing", "-lock-timeout=0s", "-no-color", Nothing], cancellation);
        if (code == 0 || said.Contains("No such resource instance", StringComparison.Ordinal) || said.Contains("No state file", StringComparison.OrdinalIgnoreCase))
            return new Outcome<StateLock?>.Success(null);
        var facts = LockFact.Matches(said).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Trim(), StringComparer.Ordinal);
        if (!said.Contains("acquiring the state lock", StringComparison.Ordinal) || !facts.TryGetValue("ID", out var id))
            return new Outcome<StateLock?>.Failure([TerraformRules.Failed.Without($"`terraform taint` could not look for the state's lock: {said.Trim()}", "mend what it says, and run this again")]);
        return new StateLock(id, facts.GetValueOrDefault("Who", "somebody"), facts.GetValueOrDefault("Operation", "something"), Time(facts.GetValueOrDefault("Created", "")));
    }

    public async Task<Outcome<bool>> Unlock(StateLock held, CancellationToken cancellation)
    {
        var (code, said) = await Run(["force-unlock", "-force", held.Id], cancellation);
        return code == 0 ? true : TerraformRules.Failed.Without($"`terraform force-unlock {held.Id}` failed: {said.Trim()}", "run it in the root module, and read what it says");
    }

    public async Task<Outcome<IReadOnlySet<string>>> Addresses(CancellationToken cancellation)
    {
        using var state = new MemoryStream();
        var errors = new StringBuilder();
        var exit = await _runner.Run(Command(TerraformArguments.StatePull()), output => output.CopyToAsync(state, cancellation), line => errors.AppendLine(line.Text), cancellation);
        if (exit.Code != 0)
            return TerraformRules.Failed.Without($"`terraform state pull` ended with {exit.Code}: {errors.ToString().Trim()}", "mend what it says, and run this again");
        return new Outcome<IReadOnlySet<string>>.Success(state.Length == 0 ? new HashSet<string>(StringComparer.Ordinal) : StateAddresses.In(state.ToArray()));
    }

    public IReadOnlyList<TerraformEvent> Said(string record)
    {
        var events = new TerraformEvents(new TerraformDiagnostics(_setting.RepositoryFolder, _setting.RootFolder, _setting.Access.Target, static () => Redactor.None));
        return File.Exists(record) ? [.. File.ReadLines(record).Select(events.Parse).OfType<TerraformEvent>()] : [];
    }

    public string? LeftState() => Path.Combine(_setting.RootFolder, "errored.tfstate") is var file && File.Exists(file) ? file : null;

    private async Task<(int Code, string Said)> Run(ValueList<string> arguments, CancellationToken cancellation)
    {
        var said = new StringBuilder();
        var gate = new Lock();
        var exit = await _runner.Run(
            Command(arguments),
            line =>
            {
                lock (gate)
                    said.AppendLine(line.Text);
            },
            cancellation);
        return (exit.Code, said.ToString());
    }

    private Command Command(ValueList<string> arguments) => new(_program.Path, arguments) { Folder = _setting.RootFolder, Environment = _variables };

    /// <summary>Terraform writes Go's own form: `2026-11-24 12:07:09.180954427 +0000 UTC`.</summary>
    private static DateTimeOffset Time(string text) =>
        text.Length >= 19 && DateTimeOffset.TryParseExact(text[..19], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : DateTimeOffset.MinValue;

    private static string? FolderOf(string process)
    {
        try
        {
            return new DirectoryInfo($"{process}/cwd").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it ended meanwhile, or is somebody else's
        }
    }

    private static string? NameOf(string process)
    {
        try
        {
            return File.ReadAllText($"{process}/comm").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[\s│|]*(?<name>ID|Operation|Who|Created):\s*(?<value>.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex LockFact { get; }
}
