using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Aws;

/// <summary>Asks AWS whose credentials these are, before anything is planned or applied with them.</summary>
public static partial class AwsAccount
{
    private static readonly Rule NoAccess = new("SB5001", Severity.Error, "The AWS account cannot be reached");
    private static readonly Rule WrongAccount = new("SB5002", Severity.Error, "The credentials belong to another account");

    /// <param name="variables">The environment of this process; the SDK's usual chain finds the credentials.</param>
    /// <param name="expected">The account that signalbox.yml names, if it does.</param>
    /// <param name="region">Where to ask; null leaves it to the SDK's chain.</param>
    public static async Task<Outcome<AccountAccess>> Reach(
        IReadOnlyDictionary<string, string> variables, string? expected, string? region, CancellationToken cancellation)
    {
        try
        {
            var settings = new AmazonSecurityTokenServiceConfig { MaxErrorRetry = 1, Timeout = TimeSpan.FromSeconds(10) };
            if (region is not null)
                settings.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region);
            // A client that looks for them itself tries other signatures when there are none, and complains of those.
            var credentials = await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(clientConfig: null).WaitAsync(cancellation);
            using var client = new AmazonSecurityTokenServiceClient(credentials, settings);
            var identity = await client.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellation);
            return expected is not null && identity.Account != expected
                ? WrongAccount.Without($"signalbox.yml names account {expected}; these credentials belong to {identity.Account} ({identity.Arn})", "use the environment's own credentials")
                : new AccountAccess(Target.Aws, identity.Account, variables);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException)
        {
            return NoAccess.Without($"AWS does not say whose credentials these are: {InOneLine(e.Message)}", "set the environment's credentials (`aws sso login`, a profile, or a role), or use `--target sandbox`");
        }
    }

    /// <summary>The SDK lists why each way to credentials failed, a paragraph for each after one that says so.</summary>
    private static string InOneLine(string message) =>
        ReasonNumber().Split(message) is [_, .. { Length: > 0 } reasons]
            ? string.Join("; ", reasons.Select(reason => reason.Trim().TrimEnd('.')))
            : message;

    [GeneratedRegex(@"^Exception \d+ of \d+: ", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex ReasonNumber();
}
