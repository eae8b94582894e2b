using System.ComponentModel;
using System.Diagnostics;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Caches;
using Signalbox.CircleCi.Execution.Results;
using Signalbox.CircleCi.Execution.Workspaces;

namespace Signalbox.CircleCi.Execution.Steps;

/// <summary>Every step that is not a command of the author's.</summary>
internal static class BuiltInStep
{
    public static async Task<StepResult> Run(Step step, Node node, StepLog log, CancellationToken cancel)
    {
        try
        {
            return await Dispatch(step, node, log, cancel);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or Win32Exception)
        {
            // The disk is full, a file may not be read, git or tar is missing: the world's refusal, not our bug.
            log.Say(refused.Message);
            return StepResult.Failed($"could not be done: {refused.Message}");
        }
    }

    private static Task<StepResult> Dispatch(Step step, Node node, StepLog log, CancellationToken cancel) => step switch
    {
        Step.Checkout checkout => new CheckoutStep(node, checkout, log).Run(cancel),
        Step.SaveCache save => new CacheSteps(node, log).Save(save, cancel),
        Step.RestoreCache restore => new CacheSteps(node, log).Restore(restore, cancel),
        Step.PersistToWorkspace persist => new WorkspaceSteps(node, log).Persist(persist, cancel),
        Step.AttachWorkspace attach => new WorkspaceSteps(node, log).Attach(attach, cancel),
        Step.StoreArtifacts artifacts => new ArtifactStep(node, log).Store(artifacts, cancel),
        Step.StoreTestResults results => new TestResultStep(node, log).Store(results, cancel),
        Step.SetupRemoteDocker or Step.AddSshKeys or Step.InstallSigningBundle or Step.Unknown => LocalStandIn.Run(step, node, log, cancel),
        _ => throw new UnreachableException(),
    };
}
