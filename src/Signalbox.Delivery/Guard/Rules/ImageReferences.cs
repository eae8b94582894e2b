using System.Text.Json;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>What runs must be what was approved, so an image is named by a digest or a concrete tag.</summary>
internal static class ImageReferences
{
    public static readonly Rule Moving = new("SB3130", Severity.Error, "an image has no concrete tag");
    public static readonly Rule Unknown = new("SB3131", Severity.Warning, "an image is not known before the apply");

    public static ValueList<Rule> Rules { get; } = [Moving, Unknown];

    public static IEnumerable<Finding> Judge(ResourceChange change, GuardPolicy policy)
    {
        if (!change.Leaves || !RunsImages(change.Type))
            yield break;

        foreach (var (path, image) in Images(change.After, change.Unknown, ""))
        {
            if (image is null)
            {
                yield return change.Holds(
                    Unknown, $"`{path}` is only known after the apply, so nobody can say which image will run",
                    "name the image by a literal or a variable that is set when planning");
            }
            else if (ImageTag.Fault(image) is { } fault)
            {
                yield return change.Denies(
                    Moving, $"`{path}` is `{image}`, which {fault}",
                    "name a digest or a concrete tag; `signalbox image pin FAMILY` writes it for you");
            }
        }
    }

    /// <summary>The images that the resource would run, as far as they are known.</summary>
    public static IEnumerable<string> Named(ResourceChange change) =>
        change.Leaves && RunsImages(change.Type) ? Images(change.After, change.Unknown, "").Select(image => image.Image).OfType<string>() : [];

    private static bool RunsImages(string type) =>
        type is "aws_ecs_task_definition" or "aws_lambda_function" or "aws_batch_job_definition" or "aws_apprunner_service"
            or "aws_sagemaker_model" or "aws_lightsail_container_service_deployment_version" or "docker_container"
            or "docker_service" or "azurerm_container_app" or "azurerm_container_group" or "azurerm_container_app_job"
            or "nomad_job"
        || type.StartsWith("kubernetes_", StringComparison.Ordinal)
        || type.StartsWith("google_cloud_run", StringComparison.Ordinal);

    /// <summary>Each image named anywhere in the resource; null for one that is not known yet.</summary>
    private static IEnumerable<(string Path, string? Image)> Images(JsonElement value, JsonElement unknown, string path)
    {
        if (value.IsArray)
            return value.EnumerateArray().Index().SelectMany(item => Images(item.Item, unknown.Item(item.Index), $"{path}[{item.Index}]"));
        if (!value.IsObject && !unknown.IsObject)
            return [];

        return NamesIn(value).Union(NamesIn(unknown), StringComparer.Ordinal)
            .SelectMany(name => Member(name, value.Member(name), unknown.Member(name), path.Length == 0 ? name : $"{path}.{name}"));
    }

    private static IEnumerable<(string Path, string? Image)> Member(string name, JsonElement value, JsonElement unknown, string path)
    {
        if (name is "image" or "image_uri" or "image_identifier")
        {
            if (unknown.IsTrue)
                return [(path, null)];
            if (value.Text is { Length: > 0 } image)
                return [(path, image)];
        }

        if (name is not ("container_definitions" or "container_properties" or "ecs_properties"))
            return Images(value, unknown, path);
        if (unknown.IsTrue)
            return [(path, null)];
        return EmbeddedJson.Parse(value.Text) is { } document ? Images(document, default, path) : [];
    }

    private static IEnumerable<string> NamesIn(JsonElement element) =>
        element.IsObject ? element.EnumerateObject().Select(member => member.Name) : [];
}
