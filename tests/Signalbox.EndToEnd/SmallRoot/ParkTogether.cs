using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>Two people park, unpark and plan at once: one is told of the other, and what comes out is never a mix.</summary>
public sealed class ParkTogether(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string Root = SmallRepository.ParkIntent + """
        resource "terraform_data" "compute" {
          count = var.parked ? 0 : 1
          provisioner "local-exec" {
            when    = destroy
            command = "touch ../.signalbox/started; while test -e ../.signalbox/started; do sleep 0.1; done"
          }
        }

        """;

    private string Started => Path.Combine(repository.Folder, ".signalbox", "started");

    [Fact]
    public async Task Whoever_comes_second_waits_or_is_refused_with_the_others_name()
    {
        await repository.Write("root/main.tf", Root);
        await repository.Write("signalbox.yml", SmallRepository.SettingsThatPark);
        await repository.Git("config", "user.name", "Ada");
        await repository.Git("config", "user.email", "ada@example.org");
        Must(await repository.Signalbox("apply", "small", await repository.Plan("first"), "--approved-by", "ada"));

        var parking = repository.Signalbox("park", "small");
        await Interruptions.UntilExists(Started, parking);
        var refused = await Task.WhenAll(((string[])["park", "unpark", "plan"]).Select(verb => repository.SignalboxWith([("SIGNALBOX_WAIT", "1")], verb, "small")));
        var planning = repository.SignalboxWith([("SIGNALBOX_WAIT", "60")], "plan", "small");
        var unparking = repository.SignalboxWith([("SIGNALBOX_WAIT", "60")], "unpark", "small");
        File.Delete(Started);
        var (parked, planned, unparked) = (Must(await parking), Must(await planning), Must(await unparking));

        Assert.All(refused, ending =>
        {
            Assert.Equal(1, ending.Code);
            Assert.Matches(@"waiting: Ada .*has been parking since", ending.Conversation);
            Assert.Contains("error[SB3500]", ending.Conversation, StringComparison.Ordinal);
        });
        Assert.StartsWith("small is parked (", parked.Answer, StringComparison.Ordinal);
        Assert.StartsWith("small is unparked (", unparked.Answer, StringComparison.Ordinal);
        Assert.Matches(@"^(small is parked, and this plan keeps it parked\.\n)?No changes\.", planned.Answer);
        Assert.StartsWith("No changes.", Must(await repository.Signalbox("plan", "small")).Answer, StringComparison.Ordinal);
        Must(await repository.Signalbox("register", "verify"));
    }
}
