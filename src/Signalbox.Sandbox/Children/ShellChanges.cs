using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Children;

/// <summary>What turns a person's shell into one that talks to the sandbox.</summary>
public sealed record ShellChanges(ValueList<KeyValuePair<string, string>> Set, ValueList<string> Unset)
{
    /// <summary>Lines for `eval` in a POSIX shell.</summary>
    public IEnumerable<string> Lines() =>
    [
        .. Unset.Select(name => $"unset {name}"),
        .. Set.Select(variable => $"export {variable.Key}={Quoted(variable.Value)}"),
    ];

    /// <summary>Nothing is special to a shell inside single quotes except the quote itself.</summary>
    internal static string Quoted(string value) => $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
