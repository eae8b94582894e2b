using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Delivery.Builders;

/// <summary>Finds what builds images here: docker where an engine answers, else buildah, which needs none.</summary>
/// <param name="stateFolder">Where buildah keeps layers.</param>
public sealed class BuilderSearch(IReadOnlyDictionary<string, string> variables, string stateFolder, ProcessRunner runner)
{
    public async Task<Outcome<IImageBuilder>> Find(CancellationToken cancellation)
    {
        Directory.CreateDirectory(stateFolder);
        var docker = Program("docker");
        if (docker is not null && await EngineAnswers(docker, cancellation))
            return new DockerBuilder(docker);
        if (Program("buildah") is { } buildah)
            return new BuildahBuilder(buildah, stateFolder, variables, runner);
        return BuilderRules.NoBuilder.Without(
            docker is null ? "neither `docker` nor `buildah` is on the PATH" : "`docker` is here, but no engine answers it, and `buildah` is not on the PATH",
            "run `scripts/setup.sh`, which installs buildah, or start a Docker engine");
    }

    private BuilderProgram? Program(string name) =>
        ProgramSearch.Find(name, variables) is { } path ? new BuilderProgram(path, variables, stateFolder, runner) : null;

    private static async Task<bool> EngineAnswers(BuilderProgram docker, CancellationToken cancellation) =>
        (await docker.Run(["buildx", "version"], [], Redactor.None, static _ => { }, cancellation)).Code == 0
        && (await docker.Run(["info", "--format", "{{.ServerVersion}}"], [], Redactor.None, static _ => { }, cancellation)).Code == 0;
}
