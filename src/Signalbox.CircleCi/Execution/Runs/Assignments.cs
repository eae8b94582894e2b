using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>Puts together what one node of a job is given.</summary>
internal static class Assignments
{
    public static JobAssignment Of(RunState run, WorkflowJob job, JobBody body, int node, RunSetting setting)
    {
        var state = run[job.Name];
        var folder = setting.Folders.Job(run.Origin.Id, state.Number ?? 0, node);
        return new JobAssignment
        {
            Job = job.Name,
            Body = body,
            NodeIndex = node,
            NodeTotal = body.Parallelism,
            Variables = JobVariables.Merge(setting.Variables, job.Contexts, BuiltInVariables.Of(run.Origin, setting.Project, job.Name, state, node, body.Parallelism, folder)),
            Secrets = [.. JobVariables.Secrets(setting.Variables, job.Contexts), .. run.Origin.ContinuationKey is { } key ? [key] : (string[])[]],
            Source = run.Origin.Source,
            Folder = folder,
            Upstream = Layers(run, job.Name),
            WorkspaceFolder = setting.Folders.Workspace(run.Origin.Workspace),
            CacheFolder = setting.Folders.Caches,
            OnlyFailedTestsOf = [.. run.Origin.OnlyFailedTestsOf.Where(tested => tested.Job == job.Name).SelectMany(tested => tested.NodeFolders)],
            Policy = run.Origin.Policy,
        };
    }

    /// <summary>The layers of everything upstream, each job's after those of what it requires.</summary>
    internal static ValueList<WorkspaceLayer> Layers(RunState run, string job) =>
        [.. Requirements.Upstream(run, job).SelectMany(before => run[before.Name].Nodes).SelectMany(node => node.Layers)];
}
