using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>The emulator, which also holds the state, dies while an apply is under way.</summary>
public sealed class EmulatorDeath(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string StateInTheSandbox = SmallRepository.StateInTheBucket + """
        resource "terraform_data" "slow" {
          input = "made before the end"
          provisioner "local-exec" {
            command = "touch started; while test -e started; do sleep 0.1; done"
          }
        }

        """;

    [Fact]
    public async Task What_was_made_is_kept_on_disk_and_the_command_that_mends_it_is_named()
    {
        await repository.Write("root/main.tf", StateInTheSandbox);
        await repository.Write("signalbox.yml", SmallRepository.PlainSettings);
        Assert.Equal(0, (await repository.Signalbox("sandbox", "reset")).Code);
        var plan = await repository.Plan("doomed");
        var started = Path.Combine(repository.Folder, "root", "started");

        var running = PublishedProgram.Run(repository.Folder, ["apply", "small", plan, "--approved-by", "ada"]);
        await Interruptions.UntilExists(started, running);
        await KillTheEmulator(repository);
        File.Delete(started);
        var ending = await running;

        Assert.True(ending.Code is 1, ending.ToString());
        Assert.Contains("[SB4010]", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("signalbox sandbox up", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("made before the end", await File.ReadAllTextAsync(Path.Combine(repository.Folder, "root", "errored.tfstate"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var after = await repository.Signalbox("plan", "small");
        Assert.True(after.Code is 1, after.ToString());
        Assert.Matches(@"\[SB510[123]\]", after.Conversation);
    }

    internal static async Task KillTheEmulator(SmallRepository repository)
    {
        using var status = JsonDocument.Parse((await repository.Signalbox("sandbox", "status", "--json")).Answer);
        using var emulator = Process.GetProcessById(status.RootElement.GetProperty("process_id").GetInt32());
        emulator.Kill();
        await emulator.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
