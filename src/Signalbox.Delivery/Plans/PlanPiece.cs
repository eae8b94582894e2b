namespace Signalbox.Delivery.Plans;

/// <summary>The parts of `terraform show -json` that are read; each is small enough to be held alone.</summary>
internal enum PlanPiece
{
    FormatVersion,
    TerraformVersion,
    Errored,
    Complete,
    Applyable,
    Variable,
    VariableDeclaration,
    ResourceChange,
    ResourceDrift,
    OutputChange,
    Output,
    StateResource,
}

/// <summary>Where those parts lie.</summary>
internal static class PlanPlaces
{
    public static JsonPlace Root { get; } = Create();

    private static JsonPlace Create() => new()
    {
        Properties =
        {
            ["format_version"] = PlanPiece.FormatVersion,
            ["terraform_version"] = PlanPiece.TerraformVersion,
            ["errored"] = PlanPiece.Errored,
            ["complete"] = PlanPiece.Complete,
            ["applyable"] = PlanPiece.Applyable,
            ["variables"] = new JsonPlace { EveryProperty = PlanPiece.Variable },
            ["resource_changes"] = new JsonPlace { Items = PlanPiece.ResourceChange },
            ["resource_drift"] = new JsonPlace { Items = PlanPiece.ResourceDrift },
            ["output_changes"] = new JsonPlace { EveryProperty = PlanPiece.OutputChange },
            ["planned_values"] = new JsonPlace { Properties = { ["outputs"] = Outputs() } },
            ["prior_state"] = Under("values", new JsonPlace { Properties = { ["outputs"] = Outputs(), ["root_module"] = Module() } }),
            ["configuration"] = Under(
                "root_module",
                Under("variables", new JsonPlace { EveryProperty = PlanPiece.VariableDeclaration })),
        },
    };

    private static JsonPlace Under(string name, JsonPlace place) => new() { Properties = { [name] = place } };

    private static JsonPlace Outputs() => new() { EveryProperty = PlanPiece.Output };

    /// <summary>Modules lie in modules, to any depth, so the place of a child is the place of its parent.</summary>
    private static JsonPlace Module()
    {
        var children = new JsonPlace();
        var module = new JsonPlace
        {
            Properties =
            {
                ["resources"] = new JsonPlace { Items = PlanPiece.StateResource },
                ["child_modules"] = children,
            },
        };
        children.Items = module;
        return module;
    }
}
