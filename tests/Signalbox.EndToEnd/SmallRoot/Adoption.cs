using System.Text.Json;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>What an apply made in the account and no state knows, with the real AWS provider: asked for, named, adopted.</summary>
public sealed class Adoption(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string Root = SmallRepository.StateInTheBucket + """
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws" }
          }
        }
        provider "aws" { region = "eu-west-2" }
        variable "pause" { default = 0 }
        resource "aws_ssm_parameter" "made" {
          for_each = toset(NAMES)
          name     = "/small/${each.key}"
          type     = "String"
          value    = "1"
        }
        resource "terraform_data" "pause" {
          input = [for parameter in aws_ssm_parameter.made : parameter.name]
          provisioner "local-exec" {
            command = "touch ../.signalbox/started; sleep ${var.pause}"
          }
        }
        resource "aws_ssm_parameter" "after" {
          name       = "/small/after"
          type       = "String"
          value      = "1"
          depends_on = [terraform_data.pause]
        }

        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Started => Path.Combine(repository.Folder, ".signalbox", "started");

    [Fact]
    public async Task What_was_made_is_asked_for_named_and_adopted_by_a_plan_like_any_other()
    {
        await Begin("""["a", "b"]""");
        await KillEverything(await repository.Plan("killed", "--var", "pause=60"));
        await repository.Shell("aws ssm delete-parameter --name /small/b");

        using var recovered = JsonDocument.Parse(Must(await repository.Signalbox("recover", "small", "--adopt", "--json")).Answer);
        var orphans = recovered.RootElement.GetProperty("orphans").EnumerateArray().ToDictionary(orphan => orphan.GetProperty("address").GetString()!, StringComparer.Ordinal);
        var draft = await File.ReadAllTextAsync(Path.Combine(repository.Folder, "root", "signalbox-adopt.tf"), Cancellation);

        Assert.Empty(recovered.RootElement.GetProperty("remarks").EnumerateArray());
        Assert.True(orphans["aws_ssm_parameter.made[\"a\"]"].GetProperty("in_account").GetBoolean());
        Assert.False(orphans["aws_ssm_parameter.made[\"b\"]"].GetProperty("in_account").GetBoolean());
        Assert.Equal(JsonValueKind.Null, orphans["terraform_data.pause"].GetProperty("in_account").ValueKind);
        Assert.Equal(3, orphans.Count);
        Assert.Contains("id = \"/small/a\"", draft, StringComparison.Ordinal);
        Assert.Contains("# aws_ssm_parameter.made[\"b\"] (/small/b) is not in the account any more", draft, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(repository.Folder, ".signalbox", "recovery"), "look-*"));
        await EndsEmpty();
    }

    [Fact]
    public async Task The_provider_is_killed_and_what_it_had_made_is_in_the_state_or_named()
    {
        await Begin("""[for number in range(24) : "p${number}"]""");
        var failed = await KillTheProvider(await repository.Plan("provider", "--var", "pause=3")); // what comes after the pause needs it

        using var recovered = JsonDocument.Parse(Must(await repository.Signalbox("recover", "small", "--json")).Answer);
        var named = recovered.RootElement.GetProperty("orphans").EnumerateArray().Select(orphan => orphan.GetProperty("address").GetString()!).ToHashSet(StringComparer.Ordinal);
        var state = (await repository.Shell("aws s3 cp s3://small-state/small.tfstate - || true")).Answer;
        var inAccount = (await repository.Shell("aws ssm get-parameters-by-path --path /small --query 'Parameters[].Name' --output text")).Answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in inAccount.Where(name => name != "None" && !state.Contains($"\"{name}\"", StringComparison.Ordinal)))
        {
            var address = name == "/small/after" ? "aws_ssm_parameter.after" : $"aws_ssm_parameter.made[\"{name["/small/".Length..]}\"]";
            Assert.Contains(address, named);
            await File.AppendAllTextAsync(Path.Combine(repository.Folder, "root", "signalbox-adopt.tf"), $"import {{\n  to = {address}\n  id = \"{name}\"\n}}\n", Cancellation);
        }

        Assert.True(failed.Code is 1, failed.ToString());
        await EndsEmpty();
    }

    private async Task Begin(string names)
    {
        File.Delete(Path.Combine(repository.Folder, "root", "signalbox-adopt.tf"));
        File.Delete(Started);
        await repository.Write("root/main.tf", Root.Replace("NAMES", names, StringComparison.Ordinal));
        await repository.Write("signalbox.yml", SmallRepository.PlainSettings);
        Must(await repository.Signalbox("sandbox", "reset"));
    }

    /// <summary>The program, Terraform and its providers, while the parameters are made and the state does not know it yet.</summary>
    private async Task KillEverything(string plan)
    {
        using var apply = repository.Start("apply", "small", plan, "--approved-by", "ada");
        await Interruptions.UntilExists(Started, apply.Said);
        await apply.Kill(everything: true);
    }

    /// <summary>At a random moment after the first parameter was begun.</summary>
    private async Task<Ending> KillTheProvider(string plan)
    {
        var journals = Path.Combine(repository.Folder, ".signalbox", "applies");
        Directory.CreateDirectory(journals);
        var earlier = Directory.GetFiles(journals);
        var apply = repository.Signalbox("apply", "small", plan, "--approved-by", "ada");
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!apply.IsCompleted && !Directory.EnumerateFiles(journals, "*.ndjson").Except(earlier, StringComparer.Ordinal).Any(file => new FileInfo(file).Length > 0))
            await often.WaitForNextTickAsync(Cancellation);
        using (var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(1 + Random.Shared.Next(400))))
            await moment.WaitForNextTickAsync(Cancellation);
        foreach (var process in repository.AtWork().Where(process => process.ProcessName.StartsWith("terraform-prov", StringComparison.Ordinal)))
            process.Kill();
        return await apply;
    }

    private async Task EndsEmpty()
    {
        Must(await repository.Signalbox("apply", "small", await repository.Plan($"after-{Guid.NewGuid():N}"), "--approved-by", "ada"));
        Assert.StartsWith("No changes.", Must(await repository.Signalbox("plan", "small")).Answer, StringComparison.Ordinal);
        Must(await repository.Signalbox("register", "verify"));
    }
}
