using Signalbox.CircleCi.Api;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Pipelines;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Cli.Running;

/// <summary>What an order for a pipeline means in this checkout: which commit, and which config text.</summary>
internal sealed class CheckoutOrders(string repository, string configPath, Invocation invocation, ProcessRunner runner, JobPolicy policy)
{
    /// <summary>An order that came by API. Another branch or a tag is taken from git, its config too; nothing is checked out.</summary>
    public async Task<Outcome<PipelineOrder>> Order(PipelineRequest request, CancellationToken cancellation)
    {
        if (await GitFacts.Read(repository, invocation.Variables, runner, cancellation) is not { } git)
            return RunRules.NoCommit.Without($"{repository} is no git repository with a commit", hint: null);
        var asked = request.Tag is { } tag ? $"refs/tags/{tag}" : request.Branch is { } branch && branch != git.Branch ? $"refs/heads/{branch}" : null;
        if (asked is null)
        {
            return (await Here(git, withUncommitted: false, cancellation)).Succeeded(out var order, out var problems)
                ? order with { Parameters = request.Parameters, StartedBy = request.StartedBy }
                : new Outcome<PipelineOrder>.Failure(problems);
        }

        var file = Path.GetRelativePath(repository, Path.GetFullPath(configPath, repository));
        return await GitFacts.At(asked, file, repository, invocation.Variables, runner, cancellation) is { } found
            ? new PipelineOrder
            {
                Config = new SourceText(file, found.Text),
                Git = git with { Commit = found.Commit, Branch = request.Tag is null ? request.Branch : null },
                Source = new JobSource(repository, found.Commit, request.Tag is null ? request.Branch : null, request.Tag, WithUncommitted: false),
                StartedBy = request.StartedBy,
                Parameters = request.Parameters,
                Policy = policy,
            }
            : RunRules.NoCommit.Without($"git knows no {Culprit.Quote(asked)} that has {file}", "fetch it first: `git fetch origin`");
    }

    /// <summary>What is checked out now; the config is the file as it lies there.</summary>
    public async Task<Outcome<PipelineOrder>> Here(GitFacts git, bool withUncommitted, CancellationToken cancellation)
    {
        var file = Path.GetFullPath(configPath, repository);
        if (!File.Exists(file))
            return RunRules.NoConfig.Without($"{file} does not exist", "a pipeline is described in `.circleci/config.yml`; `--config` names another file");
        return new PipelineOrder
        {
            Config = new SourceText(Path.GetRelativePath(invocation.Folder, file), await File.ReadAllTextAsync(file, cancellation)),
            Git = git,
            Source = new JobSource(repository, git.Commit, git.Branch, Tag: null, withUncommitted),
            StartedBy = RunSession.PersonOf(invocation, git),
            Policy = policy,
        };
    }
}
