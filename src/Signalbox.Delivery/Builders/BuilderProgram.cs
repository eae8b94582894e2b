using System.ComponentModel;
using System.Text;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Delivery.Builders;

/// <summary>One builder's program, run with what it may know and no more.</summary>
internal sealed class BuilderProgram(string path, IReadOnlyDictionary<string, string> variables, string folder, ProcessRunner runner)
{
    private const int LastWords = 12;

    public string Path => path;

    /// <summary>Runs it to its end; its last lines are what a failure is told with.</summary>
    public async Task<BuilderEnd> Run(
        ValueList<string> arguments, IEnumerable<KeyValuePair<string, string>> more, Redactor redactor, Action<string> onLine, CancellationToken cancellation)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in variables.Where(variable => IsPassedOn(variable.Key)).Concat(more))
            own[name] = value;
        var words = new Queue<string>();
        try
        {
            var exit = await runner.Run(new Command(path, arguments) { Folder = folder, Environment = own }, Keep, cancellation);
            cancellation.ThrowIfCancellationRequested();
            lock (words)
                return new BuilderEnd(exit.Code, string.Join('\n', words));
        }
        catch (Win32Exception refused)
        {
            return new BuilderEnd(-1, refused.Message);
        }

        void Keep(OutputLine line)
        {
            var shown = redactor.Redact(line.Text);
            lock (words)
            {
                words.Enqueue(shown);
                if (words.Count > LastWords)
                    words.Dequeue();
            }

            onLine(shown);
        }
    }

    /// <summary>Hides the password alone and as programs send it, with the user before it.</summary>
    public static Redactor Hiding(RegistryLogin login) => Redactor.Of([login.Password, Pair(login)]);

    /// <summary>The file that docker, buildah and skopeo all read passwords from.</summary>
    public static byte[] Credentials(RegistryLogin login) =>
        Encoding.UTF8.GetBytes($$$"""{ "auths": { "{{{login.Authority}}}": { "auth": "{{{Pair(login)}}}" } } }""");

    private static string Pair(RegistryLogin login) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}"));

    private static bool IsPassedOn(string name) =>
        name is "PATH" or "HOME" or "LANG" or "TMPDIR" or "USER" or "XDG_RUNTIME_DIR" or "XDG_CONFIG_HOME" or "SSL_CERT_FILE" or "SSL_CERT_DIR" or "DOCKER_HOST" or "DOCKER_CONTEXT"
        || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);
}

/// <param name="Said">The last lines, without secrets.</param>
internal sealed record BuilderEnd(int Code, string Said);
