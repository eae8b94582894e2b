using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform.Hcl;

/// <summary>One block of an HCL file: `type "label" { … }`.</summary>
/// <param name="Text">The block as it stands in the file, from its type to its closing brace.</param>
/// <param name="Literals">The attributes whose value is a plain literal: a string without interpolation, a number, a boolean.</param>
internal sealed record HclBlock(
    string Type,
    ValueList<string> Labels,
    string Text,
    IReadOnlyDictionary<string, string> Literals,
    ValueList<HclBlock> Blocks)
{
    public string? Literal(string attribute) => Literals.GetValueOrDefault(attribute);

    public IEnumerable<HclBlock> Nested(string type) => Blocks.Where(block => block.Type == type);
}
