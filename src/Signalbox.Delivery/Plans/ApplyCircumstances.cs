using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>What is true here and now, where a plan is about to be applied.</summary>
/// <param name="Commit">What is checked out; null outside a repository.</param>
/// <param name="ApprovalRequired">False where signalbox.yml says that nobody needs to approve.</param>
public sealed record ApplyCircumstances(
    string Environment,
    Target Target,
    string Account,
    string? Commit,
    ToolVersion Terraform,
    Configuration Configuration,
    DateTimeOffset Now,
    bool ApprovalRequired)
{
    /// <summary>What is missing of an approval, in words; null when nobody looked.</summary>
    public string? Lacking { get; init; }

    /// <summary>What keeps every plan from being applied now, such as a freeze.</summary>
    public ValueList<Diagnostic> Objections { get; init; } = [];
}
