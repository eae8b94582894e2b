using Signalbox.Sandbox.Providers;

namespace Signalbox.Sandbox.Children;

/// <summary>The variables that point a child at the sandbox, and at nothing else.</summary>
internal static class SandboxVariables
{
    /// <summary>The discard port of loopback: nothing listens there, so what is sent through this proxy is refused.</summary>
    private const string NoWayOut = "http://127.0.0.1:9";

    private static readonly string[] ProxyNames = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"];

    /// <summary>
    /// Reached directly, because a provider that the mirror does not hold comes from there. None of them is AWS.
    /// </summary>
    private static readonly string[] RegistryHosts =
    [
        "registry.terraform.io", "releases.hashicorp.com", "registry.opentofu.org", "github.com",
        "release-assets.githubusercontent.com",
    ];

    /// <param name="endpoint">Null for the emulator itself, which has nobody to call.</param>
    public static Dictionary<string, string> For(SandboxFolder folder, Uri? endpoint)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_ACCESS_KEY_ID"] = FakeAccount.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = FakeAccount.SecretKey,
            ["AWS_REGION"] = FakeAccount.Region,
            ["AWS_DEFAULT_REGION"] = FakeAccount.Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = folder.AwsConfigFile,
            ["AWS_SHARED_CREDENTIALS_FILE"] = folder.AwsCredentialsFile,
            ["TF_CLI_CONFIG_FILE"] = folder.TerraformConfigFile,
            ["TF_IN_AUTOMATION"] = "1",
            ["TF_INPUT"] = "0",
            ["CHECKPOINT_DISABLE"] = "1",
        };
        if (endpoint is not null)
            variables["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority);

        // Even a provider block with real endpoints and keys of its own must not get out. Programs differ in which
        // spelling they read, and Terraform's registry client honours the same exceptions as its AWS client.
        var reachable = string.Join(',', ["127.0.0.1", "localhost", .. RegistryHosts]);
        foreach (var (name, value) in ProxyNames.Select(name => (name, NoWayOut)).Append(("NO_PROXY", reachable)))
        {
            variables[name] = value;
            variables[name.ToLowerInvariant()] = value;
        }

        return variables;
    }

    /// <summary>Writes the files that the variables name.</summary>
    public static async Task WriteFiles(SandboxFolder folder, ProviderMirror? mirror, CancellationToken cancellation)
    {
        Private.Folder(folder.ChildHome);
        Private.Folder(folder.PluginCache);
        await Private.File(folder.AwsConfigFile, "", cancellation);
        await Private.File(folder.AwsCredentialsFile, "", cancellation);
        await Private.File(folder.TerraformConfigFile, TerraformConfiguration.Text(mirror, folder.PluginCache), cancellation);
    }
}
