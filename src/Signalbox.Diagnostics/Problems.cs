namespace Signalbox.Diagnostics;

/// <summary>Gathers everything that is wrong, so that a person reads it all at once.</summary>
public sealed class Problems
{
    private readonly List<Diagnostic> _found = [];

    public int Count => _found.Count;

    /// <summary>Whether anything found stops the work; warnings and notes do not.</summary>
    public bool HasErrors { get; private set; }

    public void Add(Diagnostic problem)
    {
        HasErrors |= problem.Rule.Severity == Severity.Error;
        _found.Add(problem);
    }

    /// <summary>The outcome's value; when there is none, its problems are added and the answer is null.</summary>
    public T? Take<T>(Outcome<T> outcome)
        where T : class
    {
        if (outcome.Succeeded(out var value, out var problems))
            return value;
        foreach (var problem in problems)
            Add(problem);
        return null;
    }

    /// <summary>The value if nothing was found wrong, and otherwise everything that was, in the order of the text.</summary>
    public Outcome<T> Conclude<T>(Func<T> value)
    {
        if (_found.Count == 0)
            return value();
        return new Outcome<T>.Failure(InOrder());
    }

    /// <summary>Everything found, once each, in the order of the text.</summary>
    public ValueList<Diagnostic> InOrder() =>
    [
        .. _found
            .Distinct()
            .OrderBy(problem => problem.Location?.Source.Path, StringComparer.Ordinal)
            .ThenBy(problem => problem.Location?.Span.Start)
            .ThenBy(problem => problem.Location?.Span.Length),
    ];
}
