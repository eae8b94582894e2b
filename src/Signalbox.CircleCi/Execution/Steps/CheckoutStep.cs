using System.Globalization;
using System.Text;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Workplaces;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Signalbox.Processes.Sessions;

namespace Signalbox.CircleCi.Execution.Steps;

/// <summary>
/// `checkout`: a clone of the person's repository, made without the network and only by reading it. Where the steps run
/// elsewhere than here, the clone is made here and carried over.
/// </summary>
internal sealed class CheckoutStep(Node node, Step.Checkout step, StepLog log)
{
    /// <summary>The samples of hooks that a template holds take longer to copy than a small repository.</summary>
    private const string NoTemplate = "--template=";

    /// <summary>What scripts rely on that put a hook or an exclusion there.</summary>
    private static readonly string[] FoldersOfTheTemplate = ["hooks", "info"];

    private readonly PlacedFiles _files = new(node);
    private readonly JobSource _source = node.Assignment.Source;

    public async Task<StepResult> Run(CancellationToken cancel)
    {
        var target = node.Resolve(step.Path);
        var isRepository = await _files.Kind($"{target}/.git", cancel) is not PlacedKind.Nothing;
        if (!isRepository && (await _files.Names(target, cancel)).Count > 0)
            return Failed($"{target} is there, is not empty and is not a git repository");

        var clone = node.Place.IsHere && !isRepository ? target : Path.Combine(node.Folder.Path, $"checkout-{Guid.NewGuid():N}");
        try
        {
            if (await Clone(clone, cancel) is { } problem)
                return Failed(problem);
            if (clone != target && await Carry(clone, target, isRepository, cancel) is { } complaint)
                return Failed(complaint);
            log.Say($"Checked out {_source.Commit}{(_source.Branch ?? _source.Tag) switch { { } name => $" ({name})", null => "" }} into {target}");
            return StepResult.Success;
        }
        finally
        {
            if (clone != target)
                DeletedFolder.Delete(clone);
        }
    }

    private async Task<string?> Clone(string clone, CancellationToken cancel)
    {
        Directory.CreateDirectory(clone);
        var isShallow = step.Method == "shallow" && !_source.WithUncommitted;
        var origin = Answer(_source.Repository, cancel, "config", "--get", "remote.origin.url");
        var whatOriginHad = isShallow ? Task.FromResult<string?>(null) : Answer(_source.Repository, cancel, "for-each-ref", "--count=1", "refs/remotes/origin/");
        var problem = isShallow
            ? await Git(clone, cancel, "init", "--quiet", NoTemplate)
                ?? await Git(clone, cancel, "remote", "add", "origin", $"file://{_source.Repository}")
                ?? await Git(clone, cancel, "-c", "protocol.version=2", "fetch", "--quiet", "--depth", (step.Depth ?? 1).ToString(CultureInfo.InvariantCulture), "origin", _source.Commit)
            : await Git(clone, cancel, "clone", "--quiet", "--local", "--no-checkout", NoTemplate, "--config", "gc.auto=0", _source.Repository, clone);
        var (url, refs) = (await origin, await whatOriginHad);
        if (problem is not null)
            return problem;
        foreach (var folder in FoldersOfTheTemplate)
            Directory.CreateDirectory(Path.Combine(clone, ".git", folder));
        if (refs?.Length > 0)
        {
            // What the person's origin had, not what the person's own branches are: scripts compare with origin/main.
            problem = await Git(clone, cancel, "fetch", "--quiet", "--prune", _source.Repository, "+refs/remotes/origin/*:refs/remotes/origin/*");
        }

        return problem
            ?? (url is null ? null : await Git(clone, cancel, "remote", "set-url", "origin", url.Trim()))
            ?? (_source.Branch is { } branch
                ? await Git(clone, cancel, "checkout", "--quiet", "--force", "-B", branch, _source.Commit)
                : await Git(clone, cancel, "checkout", "--quiet", "--force", "--detach", _source.Commit))
            ?? (isShallow ? await Git(clone, cancel, "config", "gc.auto", "0") : null)
            ?? (_source.WithUncommitted ? await TakeUncommitted(clone, cancel) : null);
    }

    /// <summary>Makes the clone's files those of the person's working tree, and commits the difference on top.</summary>
    private async Task<string?> TakeUncommitted(string clone, CancellationToken cancel)
    {
        if (await Answer(_source.Repository, cancel, "ls-files", "-z", "--cached", "--others", "--exclude-standard") is not { } listed)
            return "the working tree cannot be listed";
        var taken = listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        foreach (var tracked in (await Answer(clone, cancel, "ls-files", "-z") ?? "").Split('\0', StringSplitOptions.RemoveEmptyEntries))
            File.Delete(Path.Combine(clone, tracked));
        foreach (var name in taken)
            WorkingFile.Copy(Path.Combine(_source.Repository, name), Path.Combine(clone, name));

        if (await Git(clone, cancel, "add", "--all") is { } problem)
            return problem;
        if (await Answer(clone, cancel, "status", "--porcelain", "--untracked-files=no") is "")
            return null;
        node.Events.Note("the uncommitted changes are one commit on top of the commit that CIRCLE_SHA1 names");
        return await Git(clone, cancel, "-c", "user.name=signalbox", "-c", "user.email=signalbox@localhost", "-c", "commit.gpgSign=false",
            "commit", "--quiet", "--no-verify", "--message", "Uncommitted changes");
    }

    private async Task<string?> Carry(string clone, string target, bool isRepository, CancellationToken cancel)
    {
        // A repository that is already there keeps its other files, as after a fetch and a hard checkout.
        if (isRepository)
            await node.Ask(["rm", "-rf", $"{target}/.git"], cancel);
        var archive = $"{clone}.tar";
        try
        {
            var (code, said) = await RunHere("tar", clone, ["-cf", archive, "."], mergesErrors: true, cancel);
            return code == 0 ? await _files.Unpack(archive, target, cancel) : $"tar failed: {said.Trim()}";
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private async Task<string?> Git(string folder, CancellationToken cancel, params ValueList<string> arguments)
    {
        var (code, said) = await RunGit(folder, arguments, mergesErrors: true, cancel);
        return code == 0 ? null : $"git {arguments[0]} failed: {said.Trim()}";
    }

    private async Task<string?> Answer(string folder, CancellationToken cancel, params ValueList<string> arguments)
    {
        var (code, said) = await RunGit(folder, arguments, mergesErrors: false, cancel);
        return code == 0 ? said : null;
    }

    /// <summary>Runs the person's git with the person's settings, but none of their hooks.</summary>
    private Task<(int Code, string Said)> RunGit(string folder, ValueList<string> arguments, bool mergesErrors, CancellationToken cancel) =>
        RunHere("git", folder, ["-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false", .. arguments], mergesErrors, cancel);

    private async Task<(int Code, string Said)> RunHere(string name, string folder, ValueList<string> arguments, bool mergesErrors, CancellationToken cancel)
    {
        if (ProgramSearch.Find(name, node.Host.Variables) is not { } program)
            return (127, $"{name} is not on the PATH");
        var variables = node.Host.Variables
            .Where(variable => !variable.Key.StartsWith("GIT_", StringComparison.Ordinal))
            .ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal);
        variables["GIT_TERMINAL_PROMPT"] = "0";
        var inherited = variables.GetValueOrDefault(MarkedProcesses.Variable);
        variables[MarkedProcesses.Variable] = inherited is null ? node.Mark.Text : $"{inherited},{node.Mark.Text}";
        await using var process = node.Runner.Start(new SessionCommand(program, arguments)
        {
            Folder = folder,
            Environment = variables,
            MergesErrors = mergesErrors,
        });
        using var said = new MemoryStream();
        await process.Output.CopyToAsync(said, cancel);
        return (await process.Exited.WaitAsync(cancel), Encoding.UTF8.GetString(said.ToArray()));
    }

    private StepResult Failed(string problem)
    {
        log.Say(problem);
        return StepResult.Failed($"could not be done: {problem}");
    }
}
