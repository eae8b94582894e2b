using System.ComponentModel;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Delivery.Git;

/// <summary>Commits one file, and nothing that anybody else left about.</summary>
public sealed class GitCommit(string folder, IReadOnlyDictionary<string, string> variables, ProcessRunner runner)
{
    private static readonly Rule Uncommitted = new("SB2027", Severity.Error, "The file to commit holds other changes");
    private static readonly Rule NotCommitted = new("SB2028", Severity.Error, "git did not make the commit");

    /// <summary>Null when the file is as the last commit left it, so that a commit of it holds our change alone.</summary>
    public async Task<Diagnostic?> Refusal(string path, CancellationToken cancellation)
    {
        var (code, said) = await Ask(["status", "--porcelain", "--", path], cancellation);
        if (code != 0)
            return NotCommitted.Without($"git does not answer: {said}", "commit the change yourself");
        return said.Length == 0 ? null : Uncommitted.Without($"`{path}` holds changes that are not committed, and a commit of the pin would take them along", "commit or undo them first");
    }

    /// <summary>The commit's id, in full.</summary>
    public async Task<Outcome<string>> Make(string path, string message, CancellationToken cancellation)
    {
        var (code, said) = await Ask(["commit", "--quiet", "--only", "--message", message, "--", path], cancellation);
        if (code != 0)
            return NotCommitted.Without($"git did not commit `{path}`: {said}", "the file is changed; commit it yourself");
        return (await Ask(["rev-parse", "HEAD"], cancellation)).Said;
    }

    private async Task<(int Code, string Said)> Ask(ValueList<string> arguments, CancellationToken cancellation)
    {
        if (ProgramSearch.Find("git", variables) is not { } git)
            return (1, "git is not on the PATH");
        var lines = new List<string>();
        try
        {
            var exit = await runner.Run(new Command(git, arguments) { Folder = folder, Environment = variables }, Keep, cancellation);
            return (exit.Code, string.Join('\n', lines));
        }
        catch (Win32Exception refused)
        {
            return (1, refused.Message);
        }

        void Keep(OutputLine line)
        {
            lock (lines)
                lines.Add(line.Text);
        }
    }
}
