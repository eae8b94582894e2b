using System.Text.Json;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>`kill -9` in the middle of an apply, with the state in the sandbox's bucket: recovered, and delivered again.</summary>
public sealed class Kills(SmallRepository repository) : IClassFixture<SmallRepository>
{
    /// <summary>How often; `KILL_ROUNDS` asks for more.</summary>
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("KILL_ROUNDS"), out var rounds) ? rounds : 3;

    private const string Root = SmallRepository.StateInTheBucket + """
        variable "round" { default = "0" }
        resource "terraform_data" "step" {
          for_each         = toset(["a", "b", "c", "d", "e"])
          input            = each.key
          triggers_replace = var.round
          provisioner "local-exec" {
            command = "touch started; sleep 0.3"
          }
        }

        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whenever_everything_is_killed_the_lock_is_let_go_every_orphan_named_and_the_next_delivery_ends_empty()
    {
        await repository.Write("root/main.tf", Root);
        await repository.Write("signalbox.yml", SmallRepository.PlainSettings);
        Assert.Equal(0, (await repository.Signalbox("sandbox", "reset")).Code);

        for (var round = 0; round < Rounds; round++)
            await Round(round);

        Must(await repository.Signalbox("register", "verify"), 0);
    }

    [Fact]
    public async Task Terraform_alone_is_killed_and_the_next_apply_lets_go_of_its_lock_and_of_no_other()
    {
        await repository.Write("root/main.tf", Root);
        await repository.Write("signalbox.yml", SmallRepository.PlainSettings);
        Assert.Equal(0, (await repository.Signalbox("sandbox", "reset")).Code);
        var started = Path.Combine(repository.Folder, "root", "started");
        File.Delete(started);
        var plan = await repository.Plan("terraform-killed");
        var apply = repository.Signalbox("apply", "small", plan, "--approved-by", "ada");
        await Interruptions.UntilExists(started, apply);
        foreach (var process in repository.TerraformsAtWork())
            process.Kill();
        Must(await apply, 1);

        var again = await repository.Plan("after-it"); // plans take no lock
        var applied = Must(await repository.Signalbox("apply", "small", again, "--approved-by", "ada"), 0);

        Assert.Contains("let go of the lock", applied.Conversation, StringComparison.Ordinal);
        Must(await repository.Signalbox("register", "verify"), 0);
    }

    [Fact]
    public async Task The_program_alone_is_killed_and_Terraform_ends_what_it_began()
    {
        await repository.Write("root/main.tf", Root.Replace("sleep 0.3", "sleep 6", StringComparison.Ordinal));
        await repository.Write("signalbox.yml", SmallRepository.PlainSettings);
        Must(await repository.Signalbox("sandbox", "reset"), 0);
        var started = Path.Combine(repository.Folder, "root", "started");
        File.Delete(started);
        var plan = await repository.Plan("program-killed");
        using var apply = repository.Start("apply", "small", plan, "--approved-by", "ada");
        await Interruptions.UntilExists(started, apply.Said);
        await apply.Kill(everything: false);

        Assert.Contains("[SB3510]", (await repository.Signalbox("plan", "small")).Conversation, StringComparison.Ordinal);
        var early = await repository.Signalbox("recover", "small");
        using (var often = new PeriodicTimer(TimeSpan.FromMilliseconds(200)))
        {
            while (repository.TerraformsAtWork().Any())
                await often.WaitForNextTickAsync(Cancellation);
        }

        using var recovered = JsonDocument.Parse(Must(await repository.Signalbox("recover", "small", "--json"), 0).Answer);
        Assert.Contains("error[SB3511]", early.Conversation, StringComparison.Ordinal);
        Assert.Equal((5, 0), (recovered.RootElement.GetProperty("kept").GetInt32(), recovered.RootElement.GetProperty("orphans").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, recovered.RootElement.GetProperty("released_lock").ValueKind);
        Assert.StartsWith("No changes.", Must(await repository.Signalbox("plan", "small"), 0).Answer, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(repository.Folder, ".signalbox", "applies"), "*.terraform"));
        Must(await repository.Signalbox("register", "verify"), 0);
    }

    private async Task Round(int round)
    {
        var variable = $"round={round}";
        var started = Path.Combine(repository.Folder, "root", "started");
        File.Delete(started); // before the plan, which depends on every file of the root
        var plan = await repository.Plan($"kill-{round}", "--var", variable);
        using var apply = repository.Start("apply", "small", plan, "--approved-by", "ada");
        await Interruptions.UntilExists(started, apply.Said);
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1 + Random.Shared.Next(600))))
            await timer.WaitForNextTickAsync(Cancellation);
        await apply.Kill(everything: true);

        if (UnfinishedApply())
        {
            Assert.Contains("[SB3510]", (await repository.Signalbox("plan", "small", "--var", variable)).Conversation, StringComparison.Ordinal);
            using var recovered = JsonDocument.Parse(Must(await repository.Signalbox("recover", "small", "--json"), 0).Answer);
            var begun = recovered.RootElement.GetProperty("kept").GetInt32() + recovered.RootElement.GetProperty("orphans").GetArrayLength() + recovered.RootElement.GetProperty("unsure").GetArrayLength();
            Assert.True(begun > 0, recovered.RootElement.ToString());
        }

        var again = await repository.Plan($"again-{round}", "--var", variable);
        Must(await repository.Signalbox("apply", "small", again, "--approved-by", "ada"), 0);
        Assert.StartsWith("No changes.", Must(await repository.Signalbox("plan", "small", "--var", variable), 0).Answer, StringComparison.Ordinal);
    }

    /// <summary>The kill may have come just after the end.</summary>
    private bool UnfinishedApply()
    {
        using var last = JsonDocument.Parse(File.ReadLines(Path.Combine(repository.Folder, ".signalbox", "register.ndjson")).Last());
        return last.RootElement.GetProperty("kind").GetString() == "applying";
    }
}
