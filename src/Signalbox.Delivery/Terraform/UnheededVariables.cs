using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform;

/// <summary>
/// Variables of the caller that would make Terraform do something else than its command line says, and are therefore kept
/// from it: a person who set one expects another state or other inputs than are delivered
/// (https://developer.hashicorp.com/terraform/cli/config/environment-variables).
/// </summary>
public static class UnheededVariables
{
    internal const string Workspace = "TF_WORKSPACE";
    /// <summary>Also the beginning of the names for single commands.</summary>
    internal const string Arguments = "TF_CLI_ARGS";

    /// <summary>One problem for each; what arguments say is not repeated, for they may hold secrets.</summary>
    public static ValueList<Diagnostic> In(IReadOnlyDictionary<string, string> variables) =>
    [
        .. variables
            .Where(variable => variable.Value.Length > 0 && variable.Key.StartsWith(Arguments, StringComparison.Ordinal))
            .Select(variable => variable.Key)
            .Order(StringComparer.Ordinal)
            .Select(name => TerraformRules.IsUnheeded.Without(
                $"`{name}` would add arguments behind the plan's back; Terraform is not given it",
                "unset it; input variables go into `var_files` or `targets` of signalbox.yml")),
        .. variables.GetValueOrDefault(Workspace) is { } name and not ("" or "default")
            ? (ValueList<Diagnostic>)[TerraformRules.IsUnheeded.Without(
                $"`{Workspace}` selects {Culprit.Quote(name)}, and an environment is the default workspace of its root module",
                "unset it, and give each environment a root module with a backend of its own")]
            : [],
    ];
}
