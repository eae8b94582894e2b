using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Signalbox.Tests.House;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>A git repository with a pipeline, and the real program to run it with.</summary>
internal sealed class PipelineRepository : IDisposable
{
    private static readonly string Program = Path.Combine(Repository.Folder, "artifacts/bin/Signalbox.Cli/release/signalbox");

    private PipelineRepository(string folder) => Folder = folder;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string Folder { get; }

    /// <summary>Added to the program's environment.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string State => Path.Combine(Folder, ".signalbox");

    public static async Task<PipelineRepository> With(string config)
    {
        var repository = new PipelineRepository(Directory.CreateTempSubdirectory("signalbox-").FullName);
        await repository.Write(".circleci/config.yml", config);
        await repository.Write(".gitignore", ".signalbox/\n");
        await repository.Shell("git init -q -b main . && git config user.name Ada && git config user.email ada@example.com && git add -A && git commit -qm Begin");
        return repository;
    }

    public async Task Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, Cancellation);
    }

    public async Task Shell(string script)
    {
        var ended = await Start("/bin/sh", ["-c", script]).End();
        Assert.True(ended.Code == 0, ended.Error);
    }

    public StartedProcess Start(params string[] arguments) => Start(Program, arguments);

    public Task<EndedProcess> Run(params string[] arguments) => Start(arguments).End();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private StartedProcess Start(string program, string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        info.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        info.Environment["HOME"] = Folder;
        info.Environment["XDG_STATE_HOME"] = Path.Combine(Folder, ".state");
        info.Environment["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT");
        foreach (var (name, value) in Variables)
            info.Environment[name] = value;
        return new StartedProcess(Process.Start(info)!);
    }
}

internal sealed record EndedProcess(int Code, string Output, string Error);

internal sealed class StartedProcess
{
    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly StringBuilder _output = new();
    private readonly Channel<bool> _said = Channel.CreateUnbounded<bool>();

    public StartedProcess(Process process)
    {
        _process = process;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) =>
        {
            lock (_error)
                _output.Append(line.Data is null ? "" : $"{line.Data}\n");
        };
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
                _error.Append(line.Data).Append('\n');
            _said.Writer.TryWrite(true);
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Waits until standard error holds a text.</summary>
    public async Task Until(string text)
    {
        while (!Said().Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited && !Said().Contains(text, StringComparison.Ordinal), Said());
            await _said.Reader.ReadAsync(PipelineRepository.Cancellation);
        }
    }

    /// <summary>What stands between two texts on standard output, once it does.</summary>
    public async Task<string> FirstAnswer(string before, string after)
    {
        while (true)
        {
            lock (_error)
            {
                var output = _output.ToString();
                if (output.IndexOf(before, StringComparison.Ordinal) is >= 0 and var start && output.IndexOf(after, start + before.Length, StringComparison.Ordinal) is >= 0 and var end)
                    return output[(start + before.Length)..end];
            }

            await Task.Yield();
            PipelineRepository.Cancellation.ThrowIfCancellationRequested();
        }
    }

    public void Kill() => _process.Kill(); // this process alone, as kill -9 does

    public async Task<EndedProcess> End()
    {
        await _process.WaitForExitAsync(PipelineRepository.Cancellation);
        lock (_error)
            return new EndedProcess(_process.ExitCode, _output.ToString(), _error.ToString());
    }

    private string Said()
    {
        lock (_error)
            return _error.ToString();
    }
}
