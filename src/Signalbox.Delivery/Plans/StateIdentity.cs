namespace Signalbox.Delivery.Plans;

/// <summary>One version of a Terraform state.</summary>
/// <param name="Lineage">Stays the same for the life of a state; empty before the first apply.</param>
/// <param name="Serial">Rises with every change; 0 before the first apply.</param>
public sealed record StateIdentity(string Lineage, long Serial)
{
    public override string ToString() => Lineage.Length == 0 ? "the empty state" : $"serial {Serial}";
}
