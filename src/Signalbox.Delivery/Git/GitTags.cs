using System.Text;
using Signalbox.Delivery.Register.Anchors;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Delivery.Git;

/// <summary>Signed tags of a repository; the signing key is an SSH key.</summary>
public sealed class GitTags(string folder, IReadOnlyDictionary<string, string> variables, ProcessRunner runner)
{
    /// <summary>Why there is no tag; null when it was made.</summary>
    public async Task<Diagnostic?> Make(string name, string message, string key, string signer, CancellationToken cancellation)
    {
        var (code, _, complaint) = await Ask(
            ["-c", "gpg.format=ssh", "-c", $"user.name={signer}", "-c", $"user.email={signer}", "tag", "--sign", "--local-user", key, "--cleanup=verbatim", "--file", "-", "--", name],
            Encoding.UTF8.GetBytes(message),
            cancellation);
        return code == 0 ? null : AnchorRules.NotMade.Without($"git did not make the tag {Culprit.Quote(name)}: {complaint}", "take a name that is free, and a key that git can sign with");
    }

    /// <summary>The whole tag object; null when there is no such tag, or it is a name for a commit only.</summary>
    public async Task<string?> Read(string name, CancellationToken cancellation) =>
        await Ask(["cat-file", "tag", $"refs/tags/{name}"], default, cancellation) is (0, var said, _) ? said : null;

    private async Task<(int Code, string Said, string Complaint)> Ask(ValueList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        if (ProgramSearch.Find("git", variables) is not { } git)
            return (-1, "", "git is not on the PATH");
        var (said, complaints) = (new StringBuilder(), new List<string>());
        var exit = await runner.Run(
            new Command(git, arguments) { Folder = folder, Environment = variables, Input = input },
            line =>
            {
                lock (complaints)
                {
                    if (line.Source == Output.Standard)
                        said.Append(line.Text).Append('\n');
                    else if (line.Text.Trim().Length > 0)
                        complaints.Add(line.Text.Trim());
                }
            },
            cancellation);
        return (exit.Code, said.ToString(), string.Join("; ", complaints));
    }
}
