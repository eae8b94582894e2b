using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>The pipeline values of a run on this machine: what the service takes from its own records comes from git here.</summary>
internal static class PipelineFacts
{
    public static Outcome<PipelineValues> Values(PipelineRecord pipeline, GitFacts git, ProjectIdentity project)
    {
        var problems = new Problems();
        var values = PipelineValues.None;
        foreach (var (name, value) in Named(pipeline, git, project).Concat(pipeline.Values.Select(value => (value.Key, value.Value))))
        {
            if (problems.Take(values.With(name, value)) is { } more)
                values = more;
        }

        return problems.Conclude(() => values);
    }

    private static IEnumerable<(string Name, string Value)> Named(PipelineRecord pipeline, GitFacts git, ProjectIdentity project)
    {
        var source = pipeline.Source;
        yield return ("id", pipeline.Id.ToString("D"));
        yield return ("number", pipeline.Number.ToString());
        yield return ("project.git_url", project.WebUrl);
        yield return ("project.type", project.Service);
        yield return ("project.slug", project.Slug);
        if (source.Tag is { } tag)
            yield return ("git.tag", tag);
        else if (source.Branch is { } branch)
            yield return ("git.branch", branch);
        yield return ("git.revision", source.Commit);
        yield return ("git.branch.is_default", source.Branch == git.DefaultBranch ? "true" : "false");
        yield return ("git.base_revision", git.BaseCommit);
        yield return ("git.repo_url", project.WebUrl);
        yield return ("git.repo_owner", project.Owner);
        yield return ("git.repo_name", project.Name);
        yield return ("git.commit.subject", git.Subject);
        yield return ("git.commit.body", git.Body);
        yield return ("git.commit.author_login", git.Author);
        yield return ("config.repository.name", project.Name);
        yield return ("config.repository.url", project.WebUrl);
        yield return ("config.file_path", pipeline.ConfigPath);
        yield return ("config.ref", source.Tag ?? source.Branch ?? "");
        yield return ("config.sha", source.Commit);
        yield return ("trigger.id", pipeline.Id.ToString("D"));
        yield return ("trigger.type", "api");
        yield return ("trigger.received_at", pipeline.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        yield return ("trigger_source", "api");
    }
}
