using System.Text;
using System.Text.Json;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Workplaces;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Containers;

/// <summary>Sees to it that an image is on this machine.</summary>
internal sealed class ImageSupply(ContainerEngine engine, JobAssignment assignment, JobEvents events)
{
    /// <returns>Why the image is not there, or null.</returns>
    public async Task<Diagnostic?> Get(DockerImage image, CancellationToken cancellation)
    {
        if ((await engine.Ask(["image", "inspect", "--format", "{{.Id}}", image.Image], cancellation)).Code == 0)
            return null;
        events.Note($"pulling the image {image.Image}");
        var login = Login(image);
        try
        {
            var answer = engine.IsPodman
                ? await engine.Ask(["pull", "--quiet", .. (ValueList<string>)(login is null ? [] : ["--authfile", Path.Combine(login, "config.json")]), image.Image], cancellation)
                : await engine.Ask(["pull", "--quiet", image.Image], cancellation, login is null ? [] : [new("DOCKER_CONFIG", login)]);
            return answer.Code == 0
                ? null
                : ContainerRules.ImageNotGot.Without(
                    $"the image {Culprit.Quote(image.Image)} is not on this machine and cannot be pulled; {engine.Name} says: {answer.LastLine}",
                    $"check its name, or bring it here with `{engine.Name} load`");
        }
        finally
        {
            if (login is not null)
                DeletedFolder.Delete(login);
        }
    }

    /// <summary>A folder with the credentials in the form that both engines read; never an argument, which everybody sees.</summary>
    private string? Login(DockerImage image)
    {
        if (image.Credentials.Count == 0)
            return null;
        var folder = Path.Combine(assignment.Folder, $"login-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        Permissions.Set(folder, Permissions.OwnerOnly);
        var (name, password) = (Credential(image, "username"), Credential(image, "password"));
        using var file = File.Create(Path.Combine(folder, "config.json"));
        using var writer = new Utf8JsonWriter(file);
        writer.WriteStartObject();
        writer.WriteStartObject("auths");
        writer.WriteStartObject(Registry(image.Image));
        writer.WriteString("auth", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        return folder;
    }

    /// <summary>`$NAME` stands for a project or context variable; everything else for itself.</summary>
    private string Credential(DockerImage image, string key)
    {
        var value = image.Credentials.FirstOrDefault(credential => credential.Name == key)?.Value ?? "";
        var name = value.TrimStart('$').Trim('{', '}');
        return value.StartsWith('$') ? assignment.Variables.FirstOrDefault(variable => variable.Name == name)?.Value ?? "" : value;
    }

    private string Registry(string image) => image.Split('/') switch
    {
        [var first, _, ..] when first.AsSpan().IndexOfAny('.', ':') >= 0 || first == "localhost" => first,
        _ => engine.IsPodman ? "docker.io" : "https://index.docker.io/v1/",
    };
}
