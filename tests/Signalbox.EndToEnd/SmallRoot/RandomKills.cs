using System.Diagnostics;
using System.Text.Json;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>
/// `kill -9` of the program, of Terraform, or of both, at random moments of every command that delivers. Whatever was
/// killed, the next delivery works without a hand, nothing is applied twice, and everything that was begun is accounted for.
/// </summary>
/// <remarks>`KILL_ROUNDS` asks for more kills that hit something alive, `KILL_SEED` for the same choices again.</remarks>
public sealed class RandomKills(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("KILL_ROUNDS"), out var rounds) ? rounds : 4;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("KILL_SEED"), out var seed) ? seed : Random.Shared.Next();

    /// <summary>Each step writes into a ledger outside the root module that it was really done.</summary>
    private const string Root = SmallRepository.StateInTheBucket + SmallRepository.ParkIntent + """
        variable "round" { default = "0" }
        resource "terraform_data" "step" {
          for_each         = toset(["a", "b", "c", "d"])
          input            = each.key
          triggers_replace = var.round
          provisioner "local-exec" {
            command = "sleep 0.1; echo ${each.key} >> ../.signalbox/ledger; sleep 0.2"
          }
        }
        resource "terraform_data" "compute" {
          count = var.parked ? 0 : 2
          input = count.index
          provisioner "local-exec" {
            command = "sleep 0.2"
          }
          provisioner "local-exec" {
            when    = destroy
            command = "sleep 0.2"
          }
        }

        """;

    private readonly Random _random = new(Seed);
    private readonly List<string> _story = [$"seed {Seed}"];

    /// <summary>How long each command took when nothing killed it: a kill comes before that.</summary>
    private readonly Dictionary<string, TimeSpan> _lasted = new(StringComparer.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Ledger => Path.Combine(repository.Folder, ".signalbox", "ledger");

    [Fact]
    public async Task Whatever_is_killed_the_next_delivery_needs_no_hand_and_nothing_is_applied_twice()
    {
        await repository.Write("root/main.tf", Root);
        await repository.Write("signalbox.yml", SmallRepository.SettingsThatPark);
        await repository.Commit("steps");
        Must(await repository.Signalbox("sandbox", "reset"));
        try
        {
            await Deliver(round: 0);
            var round = 0;
            for (var hit = 0; hit < Rounds;)
            {
                Assert.True(++round <= 4 * Rounds + 10, "most kills hit nothing");
                hit += await Kill(round) ? 1 : 0;
                await Deliver(round);
            }

            Must(await Patiently("unpark", "small"));
            await Deliver(round);
            Must(await repository.Signalbox("register", "verify"));
            NothingWasAppliedTwice();
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', _story));
        }
        catch (Exception failed)
        {
            throw new Xunit.Sdk.XunitException(string.Join('\n', _story), failed);
        }
    }

    /// <summary>Whether it hit something alive.</summary>
    private async Task<bool> Kill(int round)
    {
        var command = _random.Next(5) switch
        {
            0 => (string[])["park", "small"], // before the round changes: a movement takes nothing along
            1 => ["unpark", "small"],
            2 => await Planning(round),
            _ => ["apply", "small", await Planned(round), "--approved-by", "ada"],
        };
        var victim = _random.Next(3);
        var delay = TimeSpan.FromMilliseconds(30) + (_random.NextDouble() * _lasted.GetValueOrDefault(command[0], TimeSpan.FromSeconds(1.5)));
        File.Delete(Ledger);
        using var process = repository.Start(command);
        using (var timer = new PeriodicTimer(delay))
            await timer.WaitForNextTickAsync(Cancellation);
        var killed = victim switch
        {
            _ when process.HasExited => null,
            2 when KillTerraform() is { } terraform => terraform,
            0 => "everything",
            _ => "the program",
        };
        if (killed is "everything" or "the program")
            await process.Kill(everything: killed == "everything");
        _story.Add($"round {round}: {string.Join(' ', command)} for {delay.TotalMilliseconds:0} ms, then killed {killed ?? "nothing: it had ended"}");
        await process.Ended();
        await process.Said.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        return killed is not null;
    }

    private string? KillTerraform()
    {
        var killed = 0;
        foreach (var process in repository.TerraformsAtWork())
        {
            process.Kill();
            killed++;
        }

        return killed == 0 ? null : "Terraform";
    }

    /// <summary>A whole delivery, as a person would make it who does only what the program says.</summary>
    private async Task Deliver(int round)
    {
        Must(await Patiently("apply", "small", await Planned(round), "--approved-by", "ada"));
        Assert.Contains("No changes.", Must(await Patiently("plan", "small")).Answer, StringComparison.Ordinal);
    }

    private async Task<string[]> Planning(int round)
    {
        await repository.Write("root/round.auto.tfvars", $"round = \"{round}\"\n");
        return ["plan", "small"];
    }

    private async Task<string> Planned(int round)
    {
        var file = Path.Combine(repository.Folder, ".signalbox", $"{Guid.NewGuid():N}.plan");
        Must(await Patiently([.. await Planning(round), "--out", file]));
        return file;
    }

    /// <summary>Recovers where that is asked for, and waits for a Terraform that lives on; nothing else helps.</summary>
    private async Task<Ending> Patiently(params string[] command)
    {
        for (var attempt = 0; ; attempt++)
        {
            var began = Stopwatch.GetTimestamp();
            var ending = await repository.Signalbox(command);
            _lasted[command[0]] = Stopwatch.GetElapsedTime(began);
            _story.Add($"  {command[0]}: {ending.Code} {string.Join(' ', ending.Conversation.Split('\n').Where(line => line.StartsWith("error", StringComparison.Ordinal) || line.StartsWith("let go", StringComparison.Ordinal)))}");
            if (attempt == 30)
                return ending;
            if (ending.Conversation.Contains("[SB3510]", StringComparison.Ordinal))
            {
                await Recover();
            }
            else if (ending.Conversation.Contains("[SB3511]", StringComparison.Ordinal))
            {
                using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
                await timer.WaitForNextTickAsync(Cancellation);
            }
            else
            {
                return ending;
            }
        }
    }

    private async Task Recover()
    {
        var ending = await Patiently("recover", "small", "--json");
        using var recovered = JsonDocument.Parse(Must(ending).Answer);
        var known = recovered.RootElement.GetProperty("kept").GetInt32() + recovered.RootElement.GetProperty("orphans").GetArrayLength() + recovered.RootElement.GetProperty("unsure").GetArrayLength();
        var done = File.Exists(Ledger) ? (await File.ReadAllLinesAsync(Ledger, Cancellation)).Length : 0;
        Assert.True(known >= done, $"{done} steps were done, and recover knows of {known}: {ending.Answer}");
    }

    /// <summary>No plan was begun again once it had ended well.</summary>
    private void NothingWasAppliedTwice()
    {
        var applied = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(repository.Folder, ".signalbox", "register.ndjson")))
        {
            using var entry = JsonDocument.Parse(line);
            if (entry.RootElement.GetProperty("kind").GetString() is not ("applying" or "applied") || entry.RootElement.GetProperty("plan").GetString() is not { } plan)
                continue;
            if (entry.RootElement.GetProperty("kind").GetString() == "applying")
                Assert.DoesNotContain(plan, applied);
            else
                Assert.True(applied.Add(plan), $"plan {plan} was applied twice");
        }
    }
}
