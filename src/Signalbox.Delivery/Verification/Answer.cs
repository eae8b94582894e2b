using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>What a server answered; headers in the order they came.</summary>
/// <param name="From">The URL that was asked.</param>
/// <param name="Body">Decoded as UTF-8; only its beginning when it is long.</param>
public sealed record Answer(Uri From, int Status, ValueList<AnswerHeader> Headers, string Body)
{
    /// <summary>Bytes of a body that are read; what an expectation looks for stands before.</summary>
    public const int MostBodyBytes = 64 * 1024;

    /// <summary>The header's values as one, as HTTP allows; null when it is not there.</summary>
    public string? Header(string name)
    {
        var values = Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToArray();
        return values.Length == 0 ? null : string.Join(", ", values);
    }

    /// <summary>CloudFront names itself in `via` and says what it did in `x-cache`, whoever made the answer.</summary>
    public bool PassedCloudFront =>
        Header("via")?.Contains("(CloudFront)", StringComparison.OrdinalIgnoreCase) is true
        || Header("x-cache")?.EndsWith("from cloudfront", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>CloudFront's own error page: no distribution for the name, or no answer from the origin.</summary>
    public bool IsCloudFrontsError =>
        Status >= 400
        && Header("server")?.Equals("CloudFront", StringComparison.OrdinalIgnoreCase) is true
        && Body.Contains("The request could not be satisfied", StringComparison.OrdinalIgnoreCase);
}

public sealed record AnswerHeader(string Name, string Value);
