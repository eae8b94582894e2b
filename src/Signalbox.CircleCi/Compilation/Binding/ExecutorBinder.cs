using Signalbox.CircleCi.Execution.Workplaces;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Binding;

/// <summary>Where a compiled job runs: exactly one of `docker`, `machine` and `macos`.</summary>
internal sealed class ExecutorBinder(BoundValues values)
{
    private static readonly Rule NoExecutor = new("SB1513", Severity.Error, "A job does not have exactly one executor");

    private static readonly string[] Kinds = ["docker", "machine", "macos"];

    public JobExecutor? Bind(YamlEntry job, YamlNode.Mapping keys)
    {
        var kinds = Kinds.Where(kind => keys[kind] is not null and not YamlNode.Scalar { IsNull: true }).ToArray();
        if (kinds is not [var kind])
        {
            values.Report(
                NoExecutor,
                job.Key,
                kinds.Length == 0 ? $"the job {Culprit.Quote(job.Name)} says nowhere where it runs" : $"the job {Culprit.Quote(job.Name)} has {string.Join(" and ", kinds.Select(name => $"`{name}`"))}",
                "give it one of `docker`, `machine` and `macos`");
            return null;
        }

        return kind switch
        {
            "docker" => Docker(keys["docker"]!),
            "machine" => new JobExecutor.Machine(values.Text(keys["machine"] as YamlNode.Mapping, "image") ?? "default"),
            _ => new JobExecutor.MacOs(values.Text(keys["macos"] as YamlNode.Mapping, "xcode") ?? ""),
        };
    }

    private JobExecutor.Docker? Docker(YamlNode docker)
    {
        if (docker is not YamlNode.Sequence { Items.Length: > 0 } images)
        {
            values.Wrong(docker, "docker", "a list of images");
            return null;
        }

        var bound = new List<DockerImage>();
        foreach (var item in images.Items)
        {
            if (item is YamlNode.Mapping image)
                bound.Add(Image(image));
            else if (item is YamlNode.Scalar { IsText: true } name)
                bound.Add(new DockerImage(name.Text));
            else
                values.Wrong(item, "docker", "a list of images");
        }

        return new JobExecutor.Docker([.. bound]);
    }

    private DockerImage Image(YamlNode.Mapping image) => new(values.RequiredText(image, "image", "docker"))
    {
        Name = values.Text(image, "name"),
        Entrypoint = Words(image, "entrypoint"),
        Command = Words(image, "command"),
        User = values.Text(image, "user"),
        Environment = EnvironmentBinder.Bind(image["environment"], values),
        Credentials = image["auth"] is YamlNode.Mapping auth ? EnvironmentBinder.Bind(auth, values) : [],
    };

    /// <summary>A text is split as a shell would; a list is taken as it is.</summary>
    private ValueList<string>? Words(YamlNode.Mapping image, string key) => image[key] switch
    {
        null or YamlNode.Scalar { IsNull: true } => null,
        YamlNode.Scalar line => ShellLine.Split(line.Text),
        _ => values.Texts(image, key),
    };
}
