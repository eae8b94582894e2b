using System.Buffers.Binary;
using System.Text;
using Signalbox.Delivery.Environments;

namespace Signalbox.Delivery.Register;

/// <summary>A plan of one environment in one target, small enough to remember a million of them.</summary>
/// <param name="Place">The environment and target, as <see cref="DeliveredPlans"/> numbers them.</param>
/// <param name="High">The first half of the plan's digest.</param>
internal readonly record struct DeliveredPlan(int Place, UInt128 High, UInt128 Low)
{
    /// <summary>Another plan of the same place; null when the text is no digest.</summary>
    public DeliveredPlan? Other(string hex) => hex.Length == 64 && Ascii.IsValid(hex) ? Of(Place, Encoding.ASCII.GetBytes(hex)) : null;

    /// <returns>Null when the text is no digest.</returns>
    public static DeliveredPlan? Of(int place, ReadOnlySpan<byte> hex)
    {
        Span<byte> digest = stackalloc byte[32];
        return Convert.FromHexString(hex, digest, out _, out var written) == System.Buffers.OperationStatus.Done && written == digest.Length
            ? new DeliveredPlan(place, BinaryPrimitives.ReadUInt128BigEndian(digest), BinaryPrimitives.ReadUInt128BigEndian(digest[16..]))
            : null;
    }
}

/// <summary>Numbers the environments and targets of a register: mostly one.</summary>
internal sealed class DeliveredPlans
{
    private readonly List<(byte[] Environment, Target Target)> _places = [];

    public DeliveredPlan Of(in CanonicalEntry entry) =>
        DeliveredPlan.Of(PlaceOf(entry.Environment, entry.Target), entry.Plan) ?? throw new ArgumentException("an entry without a plan", nameof(entry));

    private int PlaceOf(ReadOnlySpan<byte> environment, Target target)
    {
        for (var place = 0; place < _places.Count; place++)
        {
            if (_places[place].Target == target && environment.SequenceEqual(_places[place].Environment))
                return place;
        }

        _places.Add((environment.ToArray(), target));
        return _places.Count - 1;
    }
}
