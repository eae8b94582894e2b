using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Environments;

/// <summary>A repository that holds a root module in infra/envs/prod and little else.</summary>
internal static class Checkout
{
    public static LookUp LookUp { get; } = path => path.Text switch
    {
        "infra/envs/prod" => RepositoryEntry.TerraformFolder,
        "infra/envs/prod/main.tf" or "infra/envs/prod/prod.tfvars" or "infra/shared.tfvars" => RepositoryEntry.File,
        "docker/prefect-base-ecs/Dockerfile" or "docker/prefect-deployer/Dockerfile" => RepositoryEntry.File,
        "." or "infra" or "infra/envs" => RepositoryEntry.Folder,
        _ => RepositoryEntry.Missing,
    };

    public static Outcome<SignalboxFile> Parse(string yaml) => SignalboxFile.Parse(new SourceText("signalbox.yml", yaml), LookUp);

    public static SignalboxFile Read(string yaml)
    {
        Assert.True(Parse(yaml).Succeeded(out var file, out var problems), string.Concat((problems ?? []).Select(problem => DiagnosticText.Render(problem))));
        return file;
    }
}
