using Signalbox.Sandbox;
using Signalbox.Sandbox.Emulator;
using Xunit;

namespace Signalbox.Tests.Sandbox;

public sealed class LauncherFilesTests : IDisposable
{
    private readonly SandboxFolder _folder = new(Directory.CreateTempSubdirectory("signalbox-launcher-").FullName);

    [Fact]
    public async Task A_launcher_that_was_changed_on_disk_is_written_again()
    {
        var folder = await LauncherFiles.Extract(_folder, TemporaryRepository.Cancellation);
        var main = Path.Combine(folder, "launcher", "__main__.py");
        var original = await File.ReadAllTextAsync(main, TemporaryRepository.Cancellation);
        await File.WriteAllTextAsync(main, "raise SystemExit", TemporaryRepository.Cancellation);

        Assert.Equal(folder, await LauncherFiles.Extract(_folder, TemporaryRepository.Cancellation));

        Assert.Equal(original, await File.ReadAllTextAsync(main, TemporaryRepository.Cancellation));
        Assert.Equal([folder], Directory.GetDirectories(_folder.Path));
        Assert.EndsWith(LauncherFiles.Build, folder, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_of_other_builds_and_torn_drafts_go()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "launcher-0123456789abcdef", "launcher"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, $"launcher-{LauncherFiles.Build}.draft"));

        var folder = await LauncherFiles.Extract(_folder, TemporaryRepository.Cancellation);

        Assert.Equal([folder], Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public async Task Every_mend_travels_with_the_program()
    {
        var folder = await LauncherFiles.Extract(_folder, TemporaryRepository.Cancellation);

        Assert.True(File.Exists(Path.Combine(folder, "launcher", "mends", "unimplemented.py")));
    }

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);
}
