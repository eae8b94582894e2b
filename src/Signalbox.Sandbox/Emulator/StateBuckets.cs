using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Emulator;

/// <summary>The buckets that Terraform's backends name, which must exist before the first `terraform init`.</summary>
internal static partial class StateBuckets
{
    public static readonly Rule BadName = new("SB5110", Severity.Error, "not the name of a bucket");
    public static readonly Rule Refused = new("SB5112", Severity.Error, "the emulator refused");

    private const string Versioned =
        """<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>""";

    private const string InRegion =
        $"""<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>{FakeAccount.Region}</LocationConstraint></CreateBucketConfiguration>""";

    public static ValueList<Diagnostic> Check(IEnumerable<string> names) =>
    [
        .. names.Where(name => !Name.IsMatch(name)).Select(name => BadName.Without(
            $"`{name}` cannot be the name of an S3 bucket",
            "use 3 to 63 lower-case letters, digits, dots and hyphens")),
    ];

    /// <summary>Creates what is missing and leaves what is there; null when every bucket exists with versions kept.</summary>
    public static async Task<Diagnostic?> Create(Uri endpoint, IEnumerable<string> names, CancellationToken cancellation)
    {
        foreach (var name in names)
        {
            if (await Put(new Uri(endpoint, name), InRegion, cancellation) is not (HttpStatusCode.OK or HttpStatusCode.Conflict) and var created)
                return Refused.Without($"the emulator did not create the bucket `{name}`: HTTP {(int)created}", hint: null);
            if (await Put(new Uri(endpoint, $"{name}?versioning"), Versioned, cancellation) is not HttpStatusCode.OK and var versioned)
                return Refused.Without($"the emulator does not keep versions in the bucket `{name}`: HTTP {(int)versioned}", hint: null);
        }

        return null;
    }

    /// <remarks>Moto reads account, region and service from the signature and does not verify it.</remarks>
    private static async Task<HttpStatusCode> Put(Uri address, string body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new StringContent(body, Encoding.UTF8, "application/xml") };
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={FakeAccount.AccessKey}/20260101/{FakeAccount.Region}/s3/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await Loopback.Client.SendAsync(request, cancellation);
        return answer.StatusCode;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }
}
