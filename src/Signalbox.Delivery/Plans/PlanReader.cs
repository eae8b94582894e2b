using System.Text.Json;
using Signalbox.Delivery.Guard;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>
/// Reads `terraform show -json` of a saved plan once, from front to back, and holds only one resource at a time: a plan
/// of two hundred megabytes is read in a fraction of that memory.
/// </summary>
public static class PlanReader
{
    public static readonly Rule NotJson = new("SB3090", Severity.Error, "the plan's JSON cannot be read");
    public static readonly Rule NotAPlan = new("SB3091", Severity.Error, "the JSON is not a Terraform plan");
    public static readonly Rule OtherFormat = new("SB3092", Severity.Error, "the plan's JSON is of another format version");

    private const string Again = "run `terraform show -json PLAN` again and give its whole output";

    public static async Task<Outcome<PlanReading>> Read(Stream showJson, GuardPolicy policy, CancellationToken cancellation)
    {
        var collected = new PlanCollector(policy);
        var reader = new JsonPieceReader(PlanPlaces.Root, (piece, name, bytes) =>
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = JsonPieceReader.DeepestNesting });
            collected.Take(piece, name, document.RootElement);
        });

        try
        {
            await reader.Read(showJson, cancellation);
        }
        catch (JsonException problem)
        {
            return collected.ForeignFormat ?? NotJson.Without($"the plan's JSON cannot be read: {EscapedText.Safe(problem.Message)}", Again);
        }
        catch (InvalidOperationException) // invalid UTF-8 or half a surrogate pair surfaces when a string is first looked at
        {
            return collected.ForeignFormat ?? NotJson.Without("the plan's JSON holds text that is not Unicode", Again);
        }

        if (collected.ForeignFormat is { } foreign)
            return foreign;
        if (!collected.HasFormat || !reader.Names.Contains("configuration"))
        {
            return NotAPlan.Without(
                "the JSON is not a Terraform plan: it has no `format_version` or no `configuration`",
                "save the plan with `terraform plan -out PLAN`, then give the output of `terraform show -json PLAN`");
        }

        return collected.Finish();
    }
}
