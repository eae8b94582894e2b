using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform;

/// <summary>Terraform only says that a plan is stale; people need to know what moved.</summary>
internal static class StaleState
{
    public static async Task<ValueList<Diagnostic>> Explain(ValueList<Diagnostic> problems, StateIdentity planned, Func<Task<StateIdentity?>> pull)
    {
        if (!problems.Any(problem => problem.Rule == TerraformRules.PlanIsStale))
            return problems;
        var there = await pull();
        var explained = TerraformRules.PlanIsStale.Without(
            there is null
                ? $"the plan was made on {planned}; the state has changed since, and cannot be read to say how"
                : there.Lineage != planned.Lineage && planned.Lineage.Length > 0
                    ? $"the plan was made on state {planned.Lineage} {planned}; there is now another state, {there.Lineage} {there}"
                    : $"the plan was made on {planned}; the state is now at {there}",
            "plan again, and have the new plan approved");
        return [.. problems.Select(problem => problem.Rule == TerraformRules.PlanIsStale ? explained : problem)];
    }
}
