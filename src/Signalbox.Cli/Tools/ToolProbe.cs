using System.ComponentModel;
using System.Text;
using System.Text.RegularExpressions;
using Signalbox.Processes;

namespace Signalbox.Cli.Tools;

/// <summary>Asks the tools on the PATH for their versions, all at once.</summary>
internal sealed partial class ToolProbe(Invocation invocation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>One state for each group of tools that can stand in for each other, in the order given.</summary>
    public async Task<IReadOnlyList<ToolState>> Look(IEnumerable<Tool> tools, CancellationToken cancellation)
    {
        var states = await Task.WhenAll(tools.Select(tool => Look(tool, cancellation)));
        return [.. states
            .GroupBy(state => state.Tool.OneOf, StringComparer.Ordinal)
            .Select(group => group.FirstOrDefault(state => state.Serves) ?? group.FirstOrDefault(state => state.Version is not null) ?? group.First())];
    }

    /// <summary>The first version number in the text after the words that announce it; null when there is none.</summary>
    internal static Version? VersionIn(string text, string follows)
    {
        var start = text.IndexOf(follows, StringComparison.Ordinal);
        if (start < 0)
            return null;

        var found = VersionNumber().Match(text, start + follows.Length);
        return found.Success && Version.TryParse(found.Value, out var version) ? version : null;
    }

    private async Task<ToolState> Look(Tool tool, CancellationToken cancellation)
    {
        var version = await Ask(tool, cancellation);
        return new ToolState(tool, version, version is null ? null : tool.Objection(version));
    }

    private async Task<Version?> Ask(Tool tool, CancellationToken cancellation)
    {
        if (ProgramSearch.Find(tool.Probe[0], invocation.Variables) is not { } program)
            return null;

        using var limit = new CancellationTokenSource(Patience, invocation.Clock);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, invocation.Interruption.ForChildren);
        var text = new StringBuilder();
        var command = new Command(program, [.. tool.Probe.Skip(1)])
        {
            Folder = invocation.Folder,
            Environment = new Dictionary<string, string>(invocation.Variables, StringComparer.Ordinal) { ["CHECKPOINT_DISABLE"] = "1" },
            Grace = TimeSpan.FromSeconds(1),
        };
        try
        {
            var exit = await new ProcessRunner(invocation.Clock).Run(command, line => Append(text, line), interrupt.Token);
            cancellation.ThrowIfCancellationRequested();
            return exit.Code == 0 ? VersionIn(text.ToString(), tool.Follows) : null;
        }
        catch (Win32Exception)
        {
            return null; // a file of that name which is no program of this machine
        }
    }

    private static void Append(StringBuilder text, OutputLine line)
    {
        lock (text)
            text.Append(line.Text).Append('\n');
    }

    [GeneratedRegex(@"\d+(?:\.\d+){1,3}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionNumber();
}
