using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Delivery.Aws;

/// <summary>Keys as AWS gives them out; never print one.</summary>
internal sealed record AwsKeys(string AccessKey, string SecretKey, string? SessionToken)
{
    public override string ToString() => AccessKey;
}

/// <summary>Signs one POST of JSON as AWS Signature Version 4 asks for (AWS General Reference, "Signing AWS API requests").</summary>
internal static class AwsSignature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    public static void Sign(HttpRequestMessage request, byte[] body, AwsKeys keys, string region, string service, DateTimeOffset now)
    {
        var time = $"{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";
        var day = time[..8];
        request.Headers.Add("X-Amz-Date", time);
        if (keys.SessionToken is not null)
            request.Headers.Add("X-Amz-Security-Token", keys.SessionToken);

        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.RequestUri!.Authority };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            if (name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase))
                headers[name.ToLowerInvariant()] = values.ToString();
        }

        var signed = string.Join(';', headers.Keys);
        var canonical = $"POST\n{request.RequestUri.AbsolutePath}\n\n{string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))}\n{signed}\n{Hex(SHA256.HashData(body))}";
        var scope = $"{day}/{region}/{service}/aws4_request";
        var toSign = $"{Algorithm}\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";

        var key = Encoding.UTF8.GetBytes($"AWS4{keys.SecretKey}");
        foreach (var part in new[] { day, region, service, "aws4_request" })
            key = Hash(key, part);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"{Algorithm} Credential={keys.AccessKey}/{scope}, SignedHeaders={signed}, Signature={Hex(Hash(key, toSign))}");
    }

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
