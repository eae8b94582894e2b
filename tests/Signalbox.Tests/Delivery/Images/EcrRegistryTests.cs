using Signalbox.Delivery.Aws;
using Signalbox.Delivery.Aws.Ecr;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

/// <summary>ECR's API as it answers on the wire, page by page, from a server of this test.</summary>
public sealed class EcrRegistryTests : IDisposable
{
    private readonly ScriptedAws _aws = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task All_pages_are_read_with_300_images_in_one_and_untagged_ones_among_them()
    {
        _aws.Answer = (_, question) => question.TryGetProperty("nextToken", out var page) && page.GetString() == "more"
            ? (200, Page(300, 100, next: null))
            : (200, Page(0, 300, next: "more"));

        Assert.True((await Registry().Images("blog-data", static _ => true, Cancellation)).Succeeded(out var images, out _));

        Assert.Equal(400, images.Count);
        Assert.Equal(40, images.Count(image => image.Tags.Count == 0));
        Assert.Equal(2, _aws.Asked.Count);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1.5), images[1].PushedAt);
    }

    [Theory]
    [InlineData("RepositoryNotFoundException", "SB2030")]
    [InlineData("com.amazonaws.ecr#RepositoryNotFoundException", "SB2030")]
    [InlineData("ExpiredTokenException", "SB2031")]
    [InlineData("UnrecognizedClientException", "SB2031")]
    [InlineData("AccessDeniedException", "SB2031")]
    [InlineData("InvalidParameterException", "SB2032")]
    public async Task Each_refusal_of_ecr_has_a_rule_and_a_hint(string code, string rule)
    {
        _aws.Answer = (_, _) => (400, $$"""{"__type":"{{code}}","message":"no"}""");

        var problem = Problem(await Registry().Images("blog-data", static _ => true, Cancellation));

        Assert.Equal(rule, problem.Rule.Code);
        Assert.NotNull(problem.Hint);
    }

    [Fact]
    public async Task A_registry_that_is_down_or_speaks_something_else_is_told_as_silent()
    {
        _aws.Answer = static (_, _) => (200, "<html>a proxy's page</html>");
        Assert.Equal("SB2033", Problem(await Registry().Images("blog-data", static _ => true, Cancellation)).Rule.Code);

        _aws.Stop();
        Assert.Equal("SB2033", Problem(await Registry().Images("blog-data", static _ => true, Cancellation)).Rule.Code);
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_not_a_failure()
    {
        _aws.Answer = static (_, _) => (400, """{"__type":"ImageNotFoundException","message":"no"}""");
        Assert.IsType<ImageLookUp.NoImage>(await Registry().Find("blog-data", new ImageName.ByTag("x"), Cancellation));

        _aws.Answer = static (_, _) => (400, """{"__type":"RepositoryNotFoundException","message":"no"}""");
        Assert.IsType<ImageLookUp.NoRepository>(await Registry().Find("blog-data", new ImageName.ByTag("x"), Cancellation));
    }

    [Fact]
    public async Task The_login_is_read_and_never_printed()
    {
        var token = Convert.ToBase64String("AWS:hunter22:with-colon"u8);
        _aws.Answer = (_, _) => (200, $$"""{"authorizationData":[{"authorizationToken":"{{token}}","expiresAt":4102444800,"proxyEndpoint":"https://r.example"}]}""");

        Assert.True((await Registry().LogIn(Cancellation)).Succeeded(out var login, out _));

        Assert.Equal(("AWS", "hunter22:with-colon", "r.example"), (login.User, login.Password, login.Authority));
        Assert.DoesNotContain("hunter22", $"{login}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_is_the_one_of_the_published_algorithm()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.ecr.eu-west-2.amazonaws.com/");
        request.Headers.Add("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921.DescribeImages");

        AwsSignature.Sign(request, "{}"u8.ToArray(), new AwsKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", SessionToken: null), "eu-west-2", "ecr", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

        // Made with botocore's own signer from the same request.
        Assert.Equal(Expected.Signature, request.Headers.NonValidated["Authorization"].ToString());
    }

    private EcrRegistry Registry() => new(_aws.Endpoint, TimeProvider.System);

    private static string Page(int first, int count, string? next)
    {
        var details = Enumerable.Range(first, count).Select(number =>
            $$"""{"imageDigest":"sha256:{{number:x64}}",{{(number % 10 == 0 ? "" : $"\"imageTags\":[\"app-{number}\"],")}}"imagePushedAt":{{number}}.5,"imageSizeInBytes":{{number}}}""");
        return $$"""{"imageDetails":[{{string.Join(',', details)}}]{{(next is null ? "" : $",\"nextToken\":\"{next}\"")}}}""";
    }

    private static Diagnostic Problem<T>(Outcome<T> outcome) => Assert.Single(Assert.IsType<Outcome<T>.Failure>(outcome).Problems);

    private static class Expected
    {
        public const string Signature = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/eu-west-2/ecr/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=ac230e9ec79c90971a0f56f7892c292ccd3bc17577e1c3a1ccf7d60029cfc199";
    }
}
