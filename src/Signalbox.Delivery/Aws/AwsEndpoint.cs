using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Signalbox.Delivery.Environments;

namespace Signalbox.Delivery.Aws;

/// <summary>Where an account's services answer, and with whose keys they are asked.</summary>
/// <param name="Override">One address for every service, as the sandbox and `AWS_ENDPOINT_URL` give it.</param>
public sealed record AwsEndpoint(string Region, Uri? Override, IReadOnlyDictionary<string, string> Variables)
{
    /// <param name="region">What signalbox.yml names; null leaves it to the variables, then to the SDK's own chain.</param>
    public static AwsEndpoint Of(AccountAccess access, string? region)
    {
        var variables = access.Variables;
        var chosen = region ?? Named("AWS_REGION") ?? Named("AWS_DEFAULT_REGION");
        if (chosen is null && access.Target == Target.Aws)
            chosen = FallbackRegionFactory.GetRegionEndpoint()?.SystemName;
        var address = Named("AWS_ENDPOINT_URL");
        return new AwsEndpoint(chosen ?? "us-east-1", address is null ? null : new Uri(address), variables);

        string? Named(string name) => variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }

    internal Uri For(string service) => Override ?? new Uri($"https://{Host(service)}.{Region}.{Domain()}/");

    /// <summary>The variables' own keys, or those of the SDK's chain (a profile, a role); null with the reason when there are none.</summary>
    internal async Task<(AwsKeys? Keys, string Why)> Keys(CancellationToken cancellation)
    {
        if (Variables.GetValueOrDefault("AWS_ACCESS_KEY_ID") is { Length: > 0 } access && Variables.GetValueOrDefault("AWS_SECRET_ACCESS_KEY") is { Length: > 0 } secret)
            return (new AwsKeys(access, secret, Variables.GetValueOrDefault("AWS_SESSION_TOKEN") is { Length: > 0 } session ? session : null), "");
        try
        {
            var chain = await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(clientConfig: null).WaitAsync(cancellation);
            var found = await chain.GetCredentialsAsync();
            return (new AwsKeys(found.AccessKey, found.SecretKey, found.UseToken ? found.Token : null), "");
        }
        catch (AmazonClientException none)
        {
            return (null, none.Message);
        }
    }

    private string Domain() => RegionEndpoint.GetBySystemName(Region).PartitionDnsSuffix;

    private static string Host(string service) => service == "ecr" ? "api.ecr" : service;
}
