using System.Text.Json;

namespace Signalbox.Delivery.Plans;

/// <summary>Finds what differs between a resource's before and after, down to the leaf, also inside JSON held in strings.</summary>
internal sealed class Differ
{
    private readonly List<Difference> _found = [];
    private readonly List<string> _replacing;

    private Differ(JsonElement replacePaths) => _replacing = [.. replacePaths.Items.Select(Path)];

    public static List<Difference> Compare(ResourceChange change)
    {
        var differ = new Differ(change.ReplacePaths);
        differ.Compare("", "", new Sides(change.Before, change.After, change.Unknown, change.BeforeMask, change.AfterMask));
        return differ._found;
    }

    public static List<Difference> Compare(string name, JsonElement outputChange)
    {
        var differ = new Differ(default);
        differ.Compare(name, name, new Sides(
            outputChange.Member("before"),
            outputChange.Member("after"),
            outputChange.Member("after_unknown"),
            outputChange.Member("before_sensitive"),
            outputChange.Member("after_sensitive")));
        return differ._found;
    }

    private void Compare(string path, string name, Sides sides)
    {
        if (sides.Before.IsWrittenAs(sides.After) && !sides.Unknown.HoldsTrue)
            return;

        if (sides.Unknown.IsTrue || sides.IsSensitive)
        {
            if (sides.Unknown.IsTrue || !sides.AreSame)
                Report(path, name, sides);
        }
        else if (sides.AreBothOrAbsent(JsonValueKind.Object))
        {
            CompareMembers(path, sides);
        }
        else if (sides.AreBothOrAbsent(JsonValueKind.Array) && sides.HoldContainers)
        {
            CompareItems(path, name, sides);
        }
        else if (!sides.AreSame || sides.Unknown.HoldsTrue)
        {
            CompareLeaves(path, name, sides);
        }
    }

    private void CompareMembers(string path, Sides sides)
    {
        foreach (var member in sides.MemberNames)
            Compare(path.Length == 0 ? member : Joined(path, member), member, sides.Member(member));
    }

    /// <summary>A set has no order in a plan, so items that are on both sides are set aside before the rest is paired.</summary>
    private void CompareItems(string path, string name, Sides sides)
    {
        var gone = new List<int>(Enumerable.Range(0, sides.Before.IsArray ? sides.Before.GetArrayLength() : 0));
        var come = new List<int>();
        for (var index = 0; sides.After.IsArray && index < sides.After.GetArrayLength(); index++)
        {
            var item = sides.After[index];
            var same = sides.Unknown.Item(index).HoldsTrue ? -1 : gone.FindIndex(other => sides.Before[other].SameAs(item));
            if (same < 0)
                come.Add(index);
            else
                gone.RemoveAt(same);
        }

        foreach (var (before, after) in Pairs.Of(sides, gone, come))
            Compare($"{path}[{(after < 0 ? before : after)}]", name, sides.Item(before, after));
    }

    private void CompareLeaves(string path, string name, Sides sides)
    {
        var (before, after) = (EmbeddedJson.Parse(sides.Before.Text), EmbeddedJson.Parse(sides.After.Text));
        if ((before is null && !sides.Before.IsAbsent) || (after is null && !sides.After.IsAbsent) || (before is null && after is null))
        {
            Report(path, name, sides);
            return;
        }

        var count = _found.Count;
        Compare(path, name, new Sides(before ?? default, after ?? default, default, default, default));
        if (_found.Count == count)
            _found.Add(new Difference(path, name, sides.Before, sides.After) { IsOnlyFormatting = true });
    }

    private void Report(string path, string name, Sides sides)
    {
        if (sides.Before.IsAbsent && sides.After.IsAbsent && !sides.Unknown.HoldsTrue)
            return;
        _found.Add(new Difference(path, name, sides.Before, sides.After)
        {
            Unknown = sides.Unknown,
            IsSensitive = sides.BeforeMask.HoldsTrue || sides.AfterMask.HoldsTrue,
            ForcesReplacement = _replacing.Exists(replacing => Holds(replacing, path) || Holds(path, replacing)),
        });
    }

    private static bool Holds(string outer, string inner) =>
        inner.StartsWith(outer, StringComparison.Ordinal)
        && (inner.Length == outer.Length || inner[outer.Length] is '.' or '[');

    private static string Path(JsonElement steps) => steps.Items.Aggregate("", (path, step) =>
        step.Text is not { } name ? $"{path}[{step.GetRawText()}]" : path.Length == 0 ? name : Joined(path, name));

    /// <summary>`a.b`, or `a["b c"]` when the name is not one word.</summary>
    private static string Joined(string path, string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? $"{path}.{name}" : $"{path}[\"{name}\"]";
}
