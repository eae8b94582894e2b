using System.Text.Json;

namespace Signalbox.Delivery.Plans;

/// <summary>The same place before and after, with the masks that Terraform lays over both.</summary>
internal readonly record struct Sides(
    JsonElement Before, JsonElement After, JsonElement Unknown, JsonElement BeforeMask, JsonElement AfterMask)
{
    public bool AreSame => Before.SameAs(After);

    /// <summary>Everything here is sensitive, or it is a list of plain values of which one is.</summary>
    public bool IsSensitive => BeforeMask.IsTrue || AfterMask.IsTrue
        || (!HoldContainers && ((Before.IsArray && BeforeMask.HoldsTrue) || (After.IsArray && AfterMask.HoldsTrue)));

    public bool HoldContainers => HoldsContainers(Before) || HoldsContainers(After);

    public IEnumerable<string> MemberNames =>
        NamesOf(Before).Concat(NamesOf(After)).Concat(NamesOf(Unknown)).Distinct(StringComparer.Ordinal);

    public bool AreBothOrAbsent(JsonValueKind kind) =>
        (Before.ValueKind == kind || After.ValueKind == kind)
        && (Before.ValueKind == kind || Before.IsAbsent)
        && (After.ValueKind == kind || After.IsAbsent);

    public Sides Member(string name) => new(
        Before.Member(name), After.Member(name), Unknown.Member(name), BeforeMask.Member(name), AfterMask.Member(name));

    public Sides Item(int before, int after) => new(
        Before.Item(before), After.Item(after), Unknown.Item(after), BeforeMask.Item(before), AfterMask.Item(after));

    private static bool HoldsContainers(JsonElement element) =>
        element.IsArray && element.EnumerateArray().Any(item => item.IsObject || item.IsArray);

    private static IEnumerable<string> NamesOf(JsonElement element) =>
        element.IsObject ? element.EnumerateObject().Select(member => member.Name) : [];
}

/// <summary>Decides which item before belongs to which item after.</summary>
internal static class Pairs
{
    /// <summary>Items are paired by their `name` where all have one (containers, variables), else by their order; -1 is nobody.</summary>
    public static IEnumerable<(int Before, int After)> Of(Sides sides, List<int> gone, List<int> come)
    {
        var names = gone.Select(index => sides.Before[index].Member("name").Text).ToList();
        var isNamed = names.TrueForAll(name => name is not null) && names.Distinct(StringComparer.Ordinal).Count() == names.Count
            && come.TrueForAll(index => sides.After[index].Member("name").Text is not null);

        foreach (var after in come)
        {
            var at = !isNamed
                ? Math.Min(0, names.Count - 1)
                : names.IndexOf(sides.After[after].Member("name").Text);
            yield return (at < 0 ? -1 : gone[at], after);
            if (at < 0)
                continue;
            gone.RemoveAt(at);
            names.RemoveAt(at);
        }

        foreach (var before in gone)
            yield return (before, -1);
    }
}
