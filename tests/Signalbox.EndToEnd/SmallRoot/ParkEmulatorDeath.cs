using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>The emulator, which also holds the state, dies in the middle of a park.</summary>
public sealed class ParkEmulatorDeath(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string Root = SmallRepository.StateInTheBucket + SmallRepository.ParkIntent + """
        resource "terraform_data" "compute" {
          count = var.parked ? 0 : 1
          provisioner "local-exec" {
            when    = destroy
            command = "touch started; while test -e started; do sleep 0.1; done"
          }
        }

        """;

    [Fact]
    public async Task The_park_says_so_and_once_the_account_is_back_the_next_one_finishes_it()
    {
        await repository.Write("root/main.tf", Root);
        await repository.Write("signalbox.yml", SmallRepository.SettingsThatPark);
        Must(await repository.Signalbox("sandbox", "reset"));
        Must(await repository.Signalbox("apply", "small", await repository.Plan("first"), "--approved-by", "ada"));
        Must(await repository.Signalbox("sandbox", "snapshot"));
        var (started, left) = (Path.Combine(repository.Folder, "root", "started"), Path.Combine(repository.Folder, "root", "errored.tfstate"));

        var running = repository.Signalbox("park", "small");
        await Interruptions.UntilExists(started, running);
        await EmulatorDeath.KillTheEmulator(repository);
        File.Delete(started);
        var ending = await running;

        Assert.True(ending.Code is 1, ending.ToString());
        Assert.Contains("[SB4010]", ending.Conversation, StringComparison.Ordinal);
        Assert.True(File.Exists(left));
        Must(await repository.Signalbox("sandbox", "up"));
        Must(await repository.Signalbox("sandbox", "reset", "--from-snapshot"));
        var refused = await repository.Signalbox("park", "small");
        Assert.True(refused.Code is 1, refused.ToString());
        Assert.Contains("[SB3359]", refused.Conversation, StringComparison.Ordinal);

        File.Delete(left); // the account that it tells of is gone
        running = repository.Signalbox("park", "small");
        await Interruptions.UntilExists(started, running);
        File.Delete(started);
        Assert.StartsWith("small is parked (", Must(await running).Answer, StringComparison.Ordinal);
        Assert.Contains("No changes.", Must(await repository.Signalbox("plan", "small")).Answer, StringComparison.Ordinal);
    }
}
