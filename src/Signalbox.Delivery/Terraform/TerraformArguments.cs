using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform;

/// <summary>The command lines, apart from running them, so that a test can read them.</summary>
internal static class TerraformArguments
{
    public static ValueList<string> Init() => ["init", "-input=false", "-no-color", "-lockfile=readonly"];

    /// <summary>Without a lock file Terraform must be allowed to write one.</summary>
    public static ValueList<string> FirstInit() => ["init", "-input=false", "-no-color"];

    /// <summary>Without the state's lock (ADR 0015): a plan writes nothing there, and a plan that is killed must not lock everybody out.</summary>
    public static ValueList<string> Plan(string planPath, ValueList<string> variableFiles, PlanOptions options) =>
    [
        "plan", "-json", "-input=false", "-lock=false", $"-out={planPath}",
        .. variableFiles.Select(file => $"-var-file={file}"),
        .. options.Variables.Select(variable => $"-var={variable}"),
        .. options.WithRefresh ? (string[])[] : ["-refresh=false"],
    ];

    /// <summary>A plan of these resources alone, for whether it works.</summary>
    public static ValueList<string> Look(ValueList<string> variableFiles, IEnumerable<string> addresses) =>
        ["plan", "-json", "-input=false", "-lock=false", "-refresh=false", .. variableFiles.Select(file => $"-var-file={file}"), .. addresses.Select(address => $"-target={address}")];

    public static ValueList<string> Show(string planPath) => ["show", "-json", planPath];

    /// <summary>A saved plan carries its variables; giving any again is refused with a misleading message.</summary>
    public static ValueList<string> Apply(string planPath) => ["apply", "-json", "-input=false", planPath];

    /// <summary>All of them: asked for one that the state lacks, Terraform fails without saying so in a way to rely on.</summary>
    public static ValueList<string> Outputs() => ["output", "-json"];

    public static ValueList<string> StatePull() => ["state", "pull"];
}
