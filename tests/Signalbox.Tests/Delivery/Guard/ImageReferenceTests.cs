using System.Text.Json;
using Signalbox.Delivery.Guard.Rules;
using Xunit;

namespace Signalbox.Tests.Delivery.Guard;

public sealed class ImageReferenceTests
{
    [Theory]
    [InlineData("r.example/app@sha256:0f3a", true)]
    [InlineData("r.example:5000/app:1.2.3", true)]
    [InlineData("r.example/blog-data:prefect-3-python3.12-ecs", true)]
    [InlineData("app:main-4f2c91a", true)]
    [InlineData("app:20240131", true)]
    [InlineData("postgres:15.13", true)]
    [InlineData("app:abcdef0", true)]
    [InlineData("app", false)]
    [InlineData("r.example:5000/app", false)]
    [InlineData("app:", false)]
    [InlineData("app:latest", false)]
    [InlineData("app:LATEST", false)]
    [InlineData("app:latest-alpine3.20", false)]
    [InlineData("app:stable-slim", false)]
    [InlineData("app:main", false)]
    [InlineData("postgres:15", false)]
    [InlineData("app:v3", false)]
    public void A_reference_is_concrete_or_not(string reference, bool isConcrete) =>
        Assert.Equal(isConcrete, ImageTag.Fault(reference) is null);

    [Theory]
    [InlineData("app:1.2.3", "")]
    [InlineData("app:latest", "deny SB3130")]
    public async Task Each_container_is_looked_at(string image, string expected)
    {
        var containers = JsonSerializer.Serialize($$"""[{"name":"a","image":"x@sha256:1"},{"name":"b","image":"{{image}}"}]""");

        Assert.Equal(expected, await GuardAnswers.ToCreate("aws_ecs_task_definition", $$"""{"container_definitions":{{containers}}}"""));
        Assert.Equal(expected, await GuardAnswers.ToCreate("aws_lambda_function", $$"""{"image_uri":"{{image}}"}"""));
        Assert.Equal(expected, await GuardAnswers.ToCreate("kubernetes_deployment", $$"""{"spec":[{"template":[{"spec":[{"container":[{"image":"{{image}}"}]}]}]}]}"""));
        Assert.Equal("", await GuardAnswers.ToCreate("aws_instance", $$"""{"image":"{{image}}"}"""));
    }

    [Theory]
    [InlineData("aws_ecs_task_definition", """{"container_definitions":true}""")]
    [InlineData("aws_lambda_function", """{"image_uri":true}""")]
    public async Task An_image_known_only_later_is_held(string type, string unknown) =>
        Assert.Equal("hold SB3131", await GuardAnswers.ToCreate(type, "{}", unknown));
}
