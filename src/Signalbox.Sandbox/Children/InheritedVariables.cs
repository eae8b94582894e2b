namespace Signalbox.Sandbox.Children;

/// <summary>
/// What a child gets of the person's own variables: only what is named here, because a list of what to drop would
/// miss the next variable that leads to a real account.
/// </summary>
internal static class InheritedVariables
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "PATH", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP", "TERM", "COLORTERM", "NO_COLOR", "COLUMNS", "LINES",
        "USER", "LOGNAME", "SHELL", "CI", "GOGC", "GOMEMLIMIT",
    };

    private static readonly string[] Prefixes = ["LC_", "TF_VAR_", "CIRCLE_"];

    private static readonly string[] SecretWords = ["TOKEN", "SECRET", "PASSWORD", "CREDENTIAL", "KEY", "OIDC"];

    public static IEnumerable<KeyValuePair<string, string>> Of(IReadOnlyDictionary<string, string> variables) =>
        variables.Where(variable => IsInherited(variable.Key));

    /// <summary>Variables that would lead Terraform or an AWS client away from the sandbox, or make it fail there.</summary>
    public static bool LeadsAway(string name) =>
        name.StartsWith("AWS_", StringComparison.Ordinal)
        || name.StartsWith("TF_CLI_", StringComparison.Ordinal)
        || name.StartsWith("TF_LOG", StringComparison.Ordinal)
        || name.StartsWith("SSL_CERT_", StringComparison.Ordinal)
        || name.EndsWith("_CA_BUNDLE", StringComparison.Ordinal)
        || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)
        || name == "TF_PLUGIN_CACHE_DIR";

    /// <summary>A `TF_VAR_` is the configuration's own input; a secret of the pipeline is nobody's.</summary>
    private static bool IsInherited(string name) =>
        Names.Contains(name)
        || (Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            && !(name.StartsWith("CIRCLE_", StringComparison.Ordinal)
                && Array.Exists(SecretWords, word => name.Contains(word, StringComparison.Ordinal))));
}
