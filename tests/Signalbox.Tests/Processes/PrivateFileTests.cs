using Signalbox.Processes;
using Xunit;

namespace Signalbox.Tests.Processes;

public sealed class PrivateFileTests
{
    [Fact]
    public async Task A_child_reads_and_writes_it_and_it_is_gone_afterwards()
    {
        string path;
        using (var file = PrivateFile.Holding("plan", "from us"u8))
        {
            path = file.Path;
            var lines = new List<string>();
            var command = new Command("/bin/bash", ["-c", $"cat {path}; echo; printf 'from the child, longer' > {path}"])
            {
                Folder = "/",
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" },
            };
            await new ProcessRunner(TimeProvider.System).Run(command, line => lines.Add(line.Text), CancellationToken.None);

            Assert.Equal(["from us"], lines);
            Assert.Equal("from the child, longer"u8.ToArray(), file.ReadAll());
        }

        Assert.False(File.Exists(path));
    }
}
