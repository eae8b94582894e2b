namespace Signalbox.Delivery.Terraform;

/// <summary>What Terraform may find in its environment.</summary>
internal static class TerraformVariables
{
    private const long MiB = 1 << 20;

    /// <summary>In MiB; what a provider as large as AWS's needs anyway.</summary>
    private const long LeastMemoryLimit = 768;

    /// <summary>
    /// Variables that change what Terraform does behind the command line's back, so that what was planned would not
    /// be what was asked (https://developer.hashicorp.com/terraform/cli/config/environment-variables).
    /// </summary>
    private static readonly string[] Refused =
        [UnheededVariables.Arguments, UnheededVariables.Workspace, "TF_INPUT", "TF_LOG", "TF_DATA_DIR", "TF_REATTACH_PROVIDERS", "TF_IN_AUTOMATION", "SIGNALBOX_PLAN_KEY", "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE"];

    /// <summary>The caller's variables without the refused ones, and with Terraform told that a program is driving it.</summary>
    public static Dictionary<string, string> Common(IReadOnlyDictionary<string, string> variables)
    {
        var kept = variables
            .Where(variable => !Array.Exists(Refused, refused => variable.Key.StartsWith(refused, StringComparison.Ordinal)))
            .ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal);
        // Terraform only warns of a configuration file that is not there, but then ignores the mirrors it should have named.
        if (kept.TryGetValue("TF_CLI_CONFIG_FILE", out var configuration) && !File.Exists(configuration))
            kept.Remove("TF_CLI_CONFIG_FILE");
        kept["TF_IN_AUTOMATION"] = "1";
        kept["TF_INPUT"] = "0";
        kept["CHECKPOINT_DISABLE"] = "1";
        if (!kept.ContainsKey("GOGC") && !kept.ContainsKey("GOMEMLIMIT"))
            CollectSeldom(kept);
        return kept;
    }

    /// <summary>
    /// A provider spends a quarter of its start on collecting a schema that it keeps, and Terraform starts it several times
    /// in one delivery. So Go collects less often, until a process has a quarter of the machine's memory
    /// (https://go.dev/doc/gc-guide#Memory_limit).
    /// </summary>
    private static void CollectSeldom(Dictionary<string, string> variables)
    {
        var quarter = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / MiB;
        variables["GOGC"] = "400";
        variables["GOMEMLIMIT"] = $"{Math.Max(quarter, LeastMemoryLimit)}MiB";
    }

    /// <summary>The values among <paramref name="variables"/> that must never be shown, by what their names say.</summary>
    /// <param name="declaredSensitive">Names of input variables that the configuration declares sensitive.</param>
    public static IEnumerable<string> Secrets(IReadOnlyDictionary<string, string> variables, IReadOnlySet<string> declaredSensitive) =>
        variables
            .Where(variable => NamesASecret(variable.Key) || (variable.Key.StartsWith("TF_VAR_", StringComparison.Ordinal) && declaredSensitive.Contains(variable.Key["TF_VAR_".Length..])))
            .Select(variable => variable.Value);

    private static readonly string[] SecretWords = ["SECRET", "TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "PRIVATE", "APIKEY", "API_KEY", "ACCESS_KEY", "PLAN_KEY"];

    private static bool NamesASecret(string name) =>
        Array.Exists(SecretWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        && !name.EndsWith("_FILE", StringComparison.Ordinal)
        && !name.EndsWith("_ID", StringComparison.Ordinal);
}
