using System.Text.Json.Serialization;

namespace Signalbox.Delivery.Plans;

/// <summary>One side of an attribute's change, as far as a person may see it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Shown), "shown")]
[JsonDerivedType(typeof(KnownAfterApply), "known-after-apply")]
[JsonDerivedType(typeof(Sensitive), "sensitive")]
[JsonDerivedType(typeof(Absent), "absent")]
public abstract record PlanValue
{
    private PlanValue() { }

    /// <summary>The value written as in HCL, perhaps shortened; never a control character in it.</summary>
    public sealed record Shown(string Text) : PlanValue
    {
        public override string ToString() => Text;
    }

    public sealed record KnownAfterApply : PlanValue
    {
        public override string ToString() => "(known after apply)";
    }

    public sealed record Sensitive : PlanValue
    {
        public override string ToString() => "(sensitive)";
    }

    public sealed record Absent : PlanValue
    {
        public override string ToString() => "(none)";
    }
}
