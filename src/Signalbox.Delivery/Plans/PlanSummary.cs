using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>What a plan does, in the words and the order in which a person reviews it. Holds no sensitive value.</summary>
public sealed record PlanSummary
{
    public required string TerraformVersion { get; init; }

    public required PlanCounts Counts { get; init; }

    /// <summary>By action (replacements first), then module, then address. What stays as it is is not listed.</summary>
    public required ValueList<ChangedResource> Changes { get; init; }

    public ValueList<ChangedOutput> Outputs { get; init; } = [];

    /// <summary>Addresses of resources that were changed outside Terraform since its last run.</summary>
    public ValueList<string> Drift { get; init; } = [];

    /// <summary>Planning stopped at an error; what is listed is only a part.</summary>
    public bool Errored { get; init; }

    /// <summary>False when another plan is needed afterwards, as with `-target`.</summary>
    public bool Complete { get; init; } = true;

    public bool HasChanges => Outputs.Count > 0 || Changes.Any(change => change.Action != PlannedAction.Read);
}

/// <summary>How many resources a plan touches, by action.</summary>
public sealed record PlanCounts
{
    public int Replace { get; init; }

    public int Delete { get; init; }

    public int Forget { get; init; }

    public int Update { get; init; }

    public int Create { get; init; }

    /// <summary>Imports, whether or not something else happens to the resource too.</summary>
    public int Import { get; init; }

    /// <summary>Moves, whether or not something else happens to the resource too.</summary>
    public int Move { get; init; }

    /// <summary>Data sources that can only be read while applying; these change nothing.</summary>
    public int Read { get; init; }
}

public sealed record ChangedResource
{
    public required string Address { get; init; }

    /// <summary>The module's address; empty for the root module.</summary>
    public required string Module { get; init; }

    public required string Type { get; init; }

    public required PlannedAction Action { get; init; }

    /// <summary>The new object is created before the old one goes.</summary>
    public bool CreatesFirst { get; init; }

    /// <summary>Terraform's `action_reason`.</summary>
    public string? Reason { get; init; }

    /// <summary>Where the resource was before a `moved` block.</summary>
    public string? PreviousAddress { get; init; }

    public string? ImportId { get; init; }

    /// <summary>The key of a leftover of an earlier replacement, when that is what goes.</summary>
    public string? Deposed { get; init; }

    /// <summary>What changes; for a creation or a deletion only what helps to recognise the resource.</summary>
    public ValueList<AttributeChange> Attributes { get; init; } = [];

    /// <summary>Attributes of a replacement that are left out because a new object simply has new ones.</summary>
    public int RenewedAttributes { get; init; }
}

/// <param name="Path">Such as `serverlessv2_scaling_configuration[0].min_capacity`, also into JSON held in a string.</param>
public sealed record AttributeChange(string Path, PlanValue Old, PlanValue New, bool ForcesReplacement);

public sealed record ChangedOutput(string Name, PlannedAction Action, ValueList<AttributeChange> Attributes);
