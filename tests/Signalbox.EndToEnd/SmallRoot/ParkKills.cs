using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>`kill -9` in the middle of a park or an unpark: the next movement finishes it or rolls it back, alone.</summary>
public sealed class ParkKills(SmallRepository repository) : IClassFixture<SmallRepository>
{
    /// <summary>What goes and comes tells that it does by a file, and then takes its time.</summary>
    private const string Root = SmallRepository.StateInTheBucket + SmallRepository.ParkIntent + """
        resource "terraform_data" "compute" {
          count = var.parked ? 0 : 3
          input = count.index
          provisioner "local-exec" {
            command = "touch started; sleep 0.3"
          }
          provisioner "local-exec" {
            when    = destroy
            command = "touch started; sleep 0.3"
          }
        }

        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_movement_finishes_it_or_rolls_it_back()
    {
        await repository.Write("root/main.tf", Root);
        await repository.Write("signalbox.yml", SmallRepository.SettingsThatPark);
        Must(await repository.Signalbox("sandbox", "reset"));
        Must(await repository.Signalbox("apply", "small", await repository.Plan("first"), "--approved-by", "ada"));

        await Killed("park");
        await Stands("park", "parked");
        await Killed("unpark");
        await Stands("unpark", "unparked");
        await Killed("park");
        await Stands("unpark", "unparked");
        Must(await repository.Signalbox("park", "small"));
        await Killed("unpark");
        await Stands("park", "parked");
        Must(await repository.Signalbox("register", "verify"));
    }

    /// <summary>Starts a movement and kills it, Terraform and all, some moment after its first change began.</summary>
    private async Task Killed(string verb)
    {
        var started = Path.Combine(repository.Folder, "root", "started");
        File.Delete(started);
        using var movement = repository.Start(verb, "small");
        await Interruptions.UntilExists(started, movement.Said);
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1 + Random.Shared.Next(250))))
            await timer.WaitForNextTickAsync(Cancellation);
        await movement.Kill(everything: true);
        File.Delete(started); // every file of the root belongs to a plan
    }

    /// <summary>After one more movement it is where that leads, and nothing keeps an ordinary plan from being made, or is in it.</summary>
    private async Task Stands(string verb, string state)
    {
        var ending = Must(await repository.Signalbox(verb, "small"));
        File.Delete(Path.Combine(repository.Folder, "root", "started"));
        Assert.StartsWith($"small is {state}", ending.Answer, StringComparison.Ordinal);
        Assert.Contains("No changes.", Must(await repository.Signalbox("plan", "small")).Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("interrupted", Must(await repository.Signalbox("status", "small")).Answer, StringComparison.Ordinal);
    }
}
