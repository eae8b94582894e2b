using System.Text.Json;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>`kill -9` of everything in each phase of a park and of an unpark: whichever it was, the next movement finishes it.</summary>
public sealed class ParkPhases(SmallRepository repository) : IClassFixture<SmallRepository>
{
    /// <summary>What goes and comes takes its time, and so does Terraform before it changes anything.</summary>
    private const string Root = SmallRepository.StateInTheBucket + SmallRepository.ParkIntent + """
        resource "terraform_data" "compute" {
          count = var.parked ? 0 : 2
          provisioner "local-exec" {
            command = "touch ../.signalbox/started; sleep 0.5"
          }
          provisioner "local-exec" {
            when    = destroy
            command = "touch ../.signalbox/started; sleep 0.5"
          }
        }

        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Started => Path.Combine(repository.Folder, ".signalbox", "started");

    private string Register => Path.Combine(repository.Folder, ".signalbox", "register.ndjson");

    [Fact]
    public async Task In_whichever_phase_it_dies_the_next_movement_finishes_it()
    {
        await repository.Write("root/main.tf", Root);
        await repository.Write("signalbox.yml", SmallRepository.SettingsThatPark);
        Must(await repository.Signalbox("sandbox", "reset"));
        Must(await repository.Signalbox("apply", "small", await repository.Plan("first"), "--approved-by", "ada"));

        foreach (var (verb, state, back) in ((string, string, string)[])[("park", "parked", "unpark"), ("unpark", "unparked", "park")])
        {
            foreach (var (phase, isReached) in Phases(state))
            {
                for (var tries = 1; !await Killed(verb, isReached); tries++) // a phase may last a millisecond
                {
                    Assert.True(tries < 20, $"the {verb} ended before it was seen {phase}");
                    Must(await repository.Signalbox(back, "small"));
                }

                await Stands(verb, state, phase);
                Must(await repository.Signalbox(back, "small"));
            }

            Must(await repository.Signalbox(verb, "small"));
        }

        Must(await repository.Signalbox("register", "verify"));
    }

    /// <summary>Each told apart by what a movement leaves; the register was of the given length, in bytes, when it began.</summary>
    private IEnumerable<(string, Func<long, bool>)> Phases(string state) =>
    [
        ("planning", _ => repository.TerraformsAtWork().Any()),
        ("planned", length => LastEntry(length) is ("planned", _)),
        ("begun", length => LastEntry(length) is (var kind, "begun") && kind == state),
        ("applying", length => LastEntry(length) is ("applying", _)),
        ("changing", _ => File.Exists(Started)),
        ("applied", length => LastEntry(length) is ("applied", _)),
    ];

    /// <returns>Whether it still ran.</returns>
    private async Task<bool> Killed(string verb, Func<long, bool> isReached)
    {
        File.Delete(Started);
        var length = new FileInfo(Register).Length;
        using var movement = repository.Start(verb, "small");
        while (!movement.HasExited && !isReached(length))
            await Task.Yield();
        var ran = !movement.HasExited;
        await movement.Kill(everything: true);
        await movement.Said;
        return ran;
    }

    private async Task Stands(string verb, string state, string phase)
    {
        var ending = await repository.Signalbox(verb, "small");
        Assert.True(ending.Code is 0 && ending.Answer.StartsWith($"small is {state}", StringComparison.Ordinal), $"killed {phase}: {ending}");
        Assert.Contains("No changes.", Must(await repository.Signalbox("plan", "small")).Answer, StringComparison.Ordinal);
        var status = Must(await repository.Signalbox("status", "small")).Answer;
        Assert.StartsWith($"small in sandbox is {state}", status, StringComparison.Ordinal);
        Assert.DoesNotContain("interrupted", status, StringComparison.Ordinal);
    }

    /// <summary>Its kind and outcome; null when the register is no longer than this, or a line is being written.</summary>
    private (string Kind, string? Outcome)? LastEntry(long length)
    {
        if (new FileInfo(Register).Length == length)
            return null;
        try
        {
            using var last = JsonDocument.Parse(File.ReadLines(Register).Last());
            return (last.RootElement.GetProperty("kind").GetString()!, last.RootElement.TryGetProperty("outcome", out var outcome) ? outcome.GetString() : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
