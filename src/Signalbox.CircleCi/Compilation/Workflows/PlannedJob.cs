using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation.Workflows;

/// <summary>An entry of a workflow on its way to its final name. It changes while the workflow is planned, and only then.</summary>
internal sealed class PlannedJob
{
    /// <summary>What is blamed for it.</summary>
    public required YamlNode.Scalar At { get; init; }

    /// <summary>What `requires` calls it: `name`, or the matrix's name, or the job's.</summary>
    public required string Name { get; init; }

    /// <summary>Null for an approval.</summary>
    public required YamlNode.Mapping? Body { get; init; }

    /// <summary>All members of a matrix go by it.</summary>
    public string? Alias { get; init; }

    /// <summary>The invocation of a job-group that it belongs to; names do not cross its border.</summary>
    public GroupInvocation? Group { get; init; }

    /// <summary>It was made for another job (a lock, an unlock, a group's ends), and no `requires` can name it.</summary>
    public bool IsMade { get; init; }

    /// <summary>As written: names, and mappings of a name to statuses.</summary>
    public IReadOnlyList<YamlNode> RequiredNames { get; init; } = [];

    public List<PlannedRequirement> Requires { get; } = [];

    public YamlNode? Context { get; init; }

    /// <summary>Always a mapping; expressions are decided.</summary>
    public YamlNode? Filters { get; init; }

    public bool IsFilteredOut { get; set; }

    /// <summary>Unique in the workflow, and in the document for one body.</summary>
    public string FinalName { get; set; } = "";
}

/// <param name="Statuses">A status or a list of them as written; null for success.</param>
internal sealed record PlannedRequirement(PlannedJob Job, YamlNode? Statuses);

/// <summary>A job-group where a workflow invokes it.</summary>
internal sealed class GroupInvocation(string name)
{
    public string Name { get; } = name;

    /// <summary>What those who require the group wait for.</summary>
    public PlannedJob? End { get; set; }
}
