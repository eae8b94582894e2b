using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>An apply that is asked to stop half-way.</summary>
public sealed class Interruptions(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string Slow = """
        resource "terraform_data" "quick" {
          input = "saved"
        }
        resource "terraform_data" "slow" {
          depends_on = [terraform_data.quick]
          provisioner "local-exec" {
            command = "touch started; exec sleep 300"
          }
        }

        """;

    [Fact]
    public async Task Terraform_is_asked_once_and_saves_what_was_done()
    {
        await repository.Write("root/main.tf", Slow);
        await repository.Write("signalbox.yml", SmallRepository.PlainSettings);
        var plan = await repository.Plan("slow");
        using var interrupt = new CancellationTokenSource();

        var running = PublishedProgram.RunOther(PublishedProgram.Path, repository.Folder, ["apply", "small", plan, "--approved-by", "ada"], interrupt.Token);
        await UntilExists(Path.Combine(repository.Folder, "root", "started"), running);
        await interrupt.CancelAsync();
        var ending = await running;

        Assert.True(ending.Code is 130, ending.ToString());
        Assert.Contains("[SB4008]", ending.Conversation, StringComparison.Ordinal);
        Assert.DoesNotContain("Two interrupts received", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("saved", await File.ReadAllTextAsync(Path.Combine(repository.Folder, "root", "terraform.tfstate"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(repository.Folder, "root", ".terraform.tfstate.lock.info")));
        var log = await File.ReadAllTextAsync(Path.Combine(repository.Folder, ".signalbox", "register.ndjson"), TestContext.Current.CancellationToken);
        Assert.Contains("\"failed\"", log, StringComparison.Ordinal);
    }

    internal static async Task UntilExists(string file, Task running)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!File.Exists(file))
        {
            Assert.False(running.IsCompleted, "the apply ended before it was interrupted");
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
