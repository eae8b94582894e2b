namespace Signalbox.CircleCi.Execution.InJob;

/// <summary>
/// `circleci tests split`: which of the tests are this node's. Every node computes the same split, so that together
/// they run each test exactly once.
/// </summary>
public static class TestSplit
{
    /// <summary>By name: in turn, from the sorted list.</summary>
    public static IReadOnlyList<string> ByName(IEnumerable<string> tests, int index, int total) =>
        [.. Sorted(tests).Where((_, place) => place % total == index)];

    /// <summary>By weight: the heaviest first, each to the node that has least so far.</summary>
    public static IReadOnlyList<string> ByWeight(IEnumerable<string> tests, Func<string, double> weight, int index, int total)
    {
        var nodes = new PriorityQueue<int, (double Load, int Node)>(Enumerable.Range(0, total).Select(node => (node, (0.0, node))));
        var loads = new double[total];
        var mine = new List<string>();
        foreach (var (test, heaviness) in Sorted(tests).Select(test => (test, weight(test))).OrderByDescending(pair => pair.Item2))
        {
            var node = nodes.Dequeue();
            loads[node] += heaviness;
            nodes.Enqueue(node, (loads[node], node));
            if (node == index)
                mine.Add(test);
        }

        mine.Sort(StringComparer.Ordinal);
        return mine;
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> tests) => tests.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
