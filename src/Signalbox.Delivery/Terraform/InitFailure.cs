using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform;

/// <summary>`terraform init` speaks to people only (its -json has no diagnostics for backends), so its words are read.</summary>
internal static class InitFailure
{
    public static Diagnostic Explain(string said, Target target)
    {
        var error = said.IndexOf("Error:", StringComparison.Ordinal);
        var message = string.Join('\n', (error < 0 ? said : said[error..]).Split('\n').Select(line => line.Trim('│', '╷', '╵', ' ', '\r'))).Trim();
        if (message.Contains("connection refused", StringComparison.Ordinal))
        {
            return TerraformRules.EndpointGone.Without(
                $"terraform init could not reach the account: {message}",
                target == Target.Sandbox ? "run `signalbox sandbox up`" : "check the network and the credentials");
        }

        return TerraformRules.Refused.Without($"terraform init: {message}", Hint(message, target));
    }

    private static string? Hint(string message, Target target)
    {
        if (message.Contains("NoSuchBucket", StringComparison.Ordinal) || message.Contains("bucket does not exist", StringComparison.OrdinalIgnoreCase))
            return target == Target.Sandbox ? "run `signalbox sandbox up`, which makes the state bucket" : "create the state bucket, or mend the backend's configuration";
        if (message.Contains("lock file", StringComparison.OrdinalIgnoreCase) || message.Contains("checksum", StringComparison.OrdinalIgnoreCase))
            return "run `terraform providers lock` in the root module and commit the lock file";
        return message.Contains("registry", StringComparison.OrdinalIgnoreCase)
            ? "check the network, or keep the providers in a filesystem mirror (`signalbox sandbox status` names the one in use)"
            : null;
    }
}
