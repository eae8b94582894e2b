using System.Diagnostics;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Workplaces;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.CircleCi.Execution.Steps;

/// <summary>Steps that mean something of CircleCI's own: what they come to here is done, and said; none fails a job.</summary>
internal static class LocalStandIn
{
    private static readonly string[] Engines = ["docker", "podman"];

    public static Task<StepResult> Run(Step step, Node node, StepLog log, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var said = step switch
        {
            Step.SetupRemoteDocker => RemoteDocker(node),
            Step.AddSshKeys keys => SshKeys(keys, node),
            Step.InstallSigningBundle => "install_signing_bundle: signing certificates are kept by CircleCI; this machine's own keychain is used as it is",
            Step.Unknown unknown => $"the step {Culprit.Quote(unknown.Name)} is not one this engine knows; nothing was done for it",
            _ => throw new UnreachableException(),
        };
        log.Say(said);
        node.Events.Note(said);
        return Task.FromResult(StepResult.Success);
    }

    private static string RemoteDocker(Node node)
    {
        if (node.Place is not HostWorkplace)
            return "setup_remote_docker: a container gets no way to this machine's engine, which would give it the machine; its docker commands will not find one";
        var tool = Engines.FirstOrDefault(name => ProgramSearch.Find(name, node.Host.Variables) is not null);
        if (node.Host.Variables.GetValueOrDefault("DOCKER_HOST") is { Length: > 0 } address)
            node.Variables.Add("DOCKER_HOST", address);
        return tool is null
            ? "setup_remote_docker: neither docker nor podman is on the PATH of this machine; docker commands will fail"
            : $"setup_remote_docker: the steps use this machine's own {tool}";
    }

    private static string SshKeys(Step.AddSshKeys keys, Node node)
    {
        var wanted = keys.Fingerprints.Count == 0 ? "every key" : string.Join(", ", keys.Fingerprints);
        if (node.Place is not HostWorkplace)
            return $"add_ssh_keys: the keys ({wanted}) are kept by CircleCI; a container has none of yours";
        if (node.Host.Variables.GetValueOrDefault("SSH_AUTH_SOCK") is not { Length: > 0 } agent)
            return $"add_ssh_keys: the keys ({wanted}) are kept by CircleCI, and no ssh-agent is running here; ssh uses the keys in your own ~/.ssh";
        node.Variables.Add("SSH_AUTH_SOCK", agent);
        return $"add_ssh_keys: the keys ({wanted}) are kept by CircleCI; from here on the steps use your ssh-agent instead";
    }
}
