using System.Text.Json;

namespace Signalbox.Delivery.Aws;

/// <summary>What one call to AWS came to.</summary>
internal abstract record AwsAnswer
{
    private AwsAnswer() { }

    public sealed record Given(JsonDocument Content) : AwsAnswer;

    /// <param name="Code">Such as `RepositoryNotFoundException`, without its namespace.</param>
    public sealed record Refused(string Code, string Message) : AwsAnswer;

    /// <summary>There was no answer.</summary>
    public sealed record Silent(string Why) : AwsAnswer;

    /// <summary>Nothing was asked: there are no keys to sign with.</summary>
    public sealed record NoKeys(string Why) : AwsAnswer;
}
