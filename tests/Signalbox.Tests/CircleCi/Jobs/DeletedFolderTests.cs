using System.Diagnostics;
using Signalbox.CircleCi.Execution.Workplaces;
using Xunit;

namespace Signalbox.Tests.CircleCi.Jobs;

public sealed class DeletedFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-deleted-").FullName;

    [Fact]
    public async Task A_folder_goes_while_something_that_is_ending_still_writes_into_it()
    {
        var busy = Directory.CreateDirectory(Path.Combine(_folder, "busy", "signals")).FullName;
        using var writer = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "i=0; while [ $i -lt 500 ]; do i=$((i+1)); echo > \"$0/$i\" || exit 0; done", busy]) { UseShellExecute = false, RedirectStandardError = true })!;
        while (!File.Exists(Path.Combine(busy, "1")))
            await Task.Yield();

        DeletedFolder.Delete(Path.Combine(_folder, "busy"));

        await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(Path.Combine(_folder, "busy")));
    }

    [Fact]
    public void What_is_not_there_is_deleted_already() => DeletedFolder.Delete(Path.Combine(_folder, "nothing"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
