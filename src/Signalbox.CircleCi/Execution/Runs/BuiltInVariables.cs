using Signalbox.CircleCi.Compilation;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>The `CIRCLE_*` variables of a node (reference, "Built-in environment variables").</summary>
internal static class BuiltInVariables
{
    public static IEnumerable<Variable> Of(RunOrigin run, ProjectIdentity project, string job, JobState state, int node, int nodes, string folder)
    {
        yield return new("CI", "true");
        yield return new("CIRCLECI", "true");
        yield return new("CIRCLE_SHA1", run.Source.Commit);
        if (run.Source.Tag is { } tag)
            yield return new("CIRCLE_TAG", tag);
        else if (run.Source.Branch is { } branch)
            yield return new("CIRCLE_BRANCH", branch);
        yield return new("CIRCLE_REPOSITORY_URL", project.RemoteUrl);
        yield return new("CIRCLE_PROJECT_USERNAME", project.Owner);
        yield return new("CIRCLE_PROJECT_REPONAME", project.Name);
        yield return new("CIRCLE_PROJECT_ID", project.Id.ToString("D"));
        yield return new("CIRCLE_ORGANIZATION_ID", project.OrganizationId.ToString("D"));
        yield return new("CIRCLE_USERNAME", run.StartedBy);
        yield return new("CIRCLE_JOB", job);
        yield return new("CIRCLE_BUILD_NUM", state.Number?.ToString() ?? "");
        yield return new("CIRCLE_BUILD_URL", new Uri(folder).AbsoluteUri); // where the job is looked at: here, its folder
        yield return new("CIRCLE_STAGE", job);
        yield return new("CIRCLE_NODE_INDEX", node.ToString());
        yield return new("CIRCLE_NODE_TOTAL", nodes.ToString());
        yield return new("CIRCLE_PIPELINE_ID", run.Pipeline.ToString("D"));
        yield return new("CIRCLE_WORKFLOW_ID", run.Id.ToString());
        yield return new("CIRCLE_WORKFLOW_JOB_ID", run.Id.OfJob(job).ToString("D"));
        yield return new("CIRCLE_WORKFLOW_WORKSPACE_ID", run.Workspace.ToString());
        yield return new("CIRCLE_INTERNAL_TASK_DATA", folder);
        if (run.ContinuationKey is { } key)
            yield return new("CIRCLE_CONTINUATION_KEY", key);
        yield return new("GIT_ASKPASS", "echo");
        yield return new("SSH_ASKPASS", "false");
        yield return new("PAGER", "cat");
        yield return new("SIGNALBOX_RUN", run.Id.ToString());
        yield return new("SIGNALBOX_JOB", job);
    }
}
