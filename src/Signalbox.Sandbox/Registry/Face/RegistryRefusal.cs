using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Signalbox.Sandbox.Registry.Face;

/// <summary>What ECR says when it refuses, with its own codes and in its own sentences.</summary>
internal sealed record RegistryRefusal(int Status, string Code, string Message)
{
    public static RegistryRefusal TokenExpired { get; } =
        new(StatusCodes.Status403Forbidden, "DENIED", "Your authorization token has expired. Reauthenticate and try again.");

    public static RegistryRefusal TokenInvalid { get; } = new(StatusCodes.Status403Forbidden, "DENIED", "Your Authorization Token is invalid.");

    public static RegistryRefusal ImageNotFound { get; } = new(StatusCodes.Status404NotFound, "MANIFEST_UNKNOWN", "Requested image not found");

    public static RegistryRefusal NoSuchPath { get; } = new(StatusCodes.Status404NotFound, "UNSUPPORTED", "The requested operation is not supported");

    public static RegistryRefusal TooLarge { get; } = new(StatusCodes.Status400BadRequest, "MANIFEST_INVALID", "The image manifest is too large");

    public static RegistryRefusal Away { get; } = new(StatusCodes.Status503ServiceUnavailable, "UNKNOWN", "The sandbox does not answer: its account or its store of layers is away. Run `signalbox sandbox up`");

    public static RegistryRefusal NoRepository(string repository) => new(
        StatusCodes.Status404NotFound, "NAME_UNKNOWN", $"The repository with name '{repository}' does not exist in the registry with id '{FakeAccount.Id}'");

    /// <summary>ECR says `repository` since 2019, and `tag` where some of a repository's tags may move and others may not.</summary>
    public static RegistryRefusal Immutable(string repository, string tag, bool onlySome) => new(
        StatusCodes.Status400BadRequest,
        "TAG_INVALID",
        $"The image tag '{tag}' already exists in the '{repository}' repository and cannot be overwritten because the {(onlySome ? "tag" : "repository")} is immutable.");

    public static RegistryRefusal BadTag(string tag) => new(
        StatusCodes.Status400BadRequest,
        "TAG_INVALID",
        $"Invalid parameter at 'imageTag' failed to satisfy constraint: 'must satisfy regular expression '[a-zA-Z0-9-_.]{{1,128}}'' ('{tag}')");

    public async Task Write(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteStartArray("errors");
        writer.WriteStartObject();
        writer.WriteString("code", Code);
        writer.WriteString("message", Message);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Nobody said who they are: clients ask for a password then.</summary>
    public static async Task Challenge(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = "Basic realm=\"signalbox sandbox\",service=\"ecr.amazonaws.com\"";
        await response.WriteAsync("Not Authorized\n", response.HttpContext.RequestAborted);
    }
}
