using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.InJob;

/// <summary>The words of a call: options, as `--name value`, `--name=value` or a bare `--flag`, and the rest.</summary>
public sealed class InJobWords
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly List<string> _rest = [];

    private InJobWords() { }

    public IReadOnlyList<string> Rest => _rest;

    public string? this[string option] => _options.GetValueOrDefault(option);

    public bool Has(string option) => _options.ContainsKey(option);

    /// <param name="valued">Options that take a value, without dashes.</param>
    /// <param name="flags">Options that take none.</param>
    public static Outcome<InJobWords> Read(IEnumerable<string> words, ValueList<string> valued, ValueList<string> flags)
    {
        var (read, problems) = (new InJobWords(), new Problems());
        string? open = null;
        foreach (var word in words)
        {
            if (open is not null)
            {
                (read._options[open], open) = (word, null);
            }
            else if (word.StartsWith('-') && word.Length > 1)
            {
                var (name, value) = word.TrimStart('-').Split('=', 2) switch { [var key, var text] => (key, text), var only => (only[0], null) };
                if (valued.Contains(name, StringComparer.Ordinal) && value is null)
                    open = name;
                else if (valued.Contains(name, StringComparer.Ordinal) || flags.Contains(name, StringComparer.Ordinal))
                    read._options[name] = value ?? "";
                else
                    problems.Add(InJobRules.BadCall.Without($"{Culprit.Quote(word)} is not an option here", Nearest(name, valued.Concat(flags))));
            }
            else
            {
                read._rest.Add(word);
            }
        }

        if (open is not null)
            problems.Add(InJobRules.BadCall.Without($"`--{open}` needs a value"));
        return problems.Conclude(() => read);
    }

    private static string? Nearest(string name, IEnumerable<string> known) => NearestName.Of(name, known) is { } near ? $"did you mean `--{near}`?" : null;
}
