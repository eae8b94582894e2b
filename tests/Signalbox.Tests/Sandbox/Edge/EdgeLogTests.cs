using Microsoft.Extensions.Time.Testing;
using Signalbox.Sandbox.Edge.Serving;
using Xunit;

namespace Signalbox.Tests.Sandbox.Edge;

public sealed class EdgeLogTests
{
    [Fact]
    public async Task The_same_line_is_written_once_and_counted_and_the_last_start_is_kept()
    {
        var folder = Directory.CreateTempSubdirectory("signalbox-edge-log-").FullName;
        var path = Path.Combine(folder, "edge.log");
        await using (var log = EdgeLog.Open(path, new FakeTimeProvider(DateTimeOffset.UnixEpoch)))
        {
            foreach (var line in new[] { "one", "one", "one", "two" })
                log.Write(line);
        }

        await using (EdgeLog.Open(path, new FakeTimeProvider(DateTimeOffset.UnixEpoch))) { }

        Assert.Equal(
            "1970-01-01T00:00:00.000Z one\n1970-01-01T00:00:00.000Z (the line above, 2 more times)\n1970-01-01T00:00:00.000Z two\n",
            await File.ReadAllTextAsync($"{path}.previous", TemporaryRepository.Cancellation));
        Assert.Equal("", await File.ReadAllTextAsync(path, TemporaryRepository.Cancellation));
        Directory.Delete(folder, recursive: true);
    }
}
