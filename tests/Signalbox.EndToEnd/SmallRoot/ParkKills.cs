using System.Diagnostics;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>`kill -9` in the middle of a park or an unpark: the next movement finishes it or rolls it back, alone.</summary>
public sealed class ParkKills(SmallRepository repository) : IClassFixture<SmallRepository>
{
    /// <summary>What goes and comes tells that it does by a file, and then takes its time.</summary>
    private const string Root = """
        terraform {
          backend "s3" {
            bucket       = "small-state"
            key          = "small.tfstate"
            region       = "eu-west-2"
            use_lockfile = true
          }
        }
        variable "parked" {
          type    = bool
          default = false
        }
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
        output "parked" { value = var.parked }

        """;

    private const string Settings = """
        version: 1
        environments:
          small:
            root: root
            parking:
              allow:
                remove: [terraform_data]

        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_movement_finishes_it_or_rolls_it_back()
    {
        await repository.Write("root/main.tf", Root);
        await repository.Write("signalbox.yml", Settings);
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
        using var movement = Process.Start(new ProcessStartInfo(PublishedProgram.Path, [verb, "small"]) { WorkingDirectory = repository.Folder, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = Task.WhenAll(movement.StandardError.ReadToEndAsync(Cancellation), movement.StandardOutput.ReadToEndAsync(Cancellation));
        await Interruptions.UntilExists(started, said);
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1 + Random.Shared.Next(250))))
            await timer.WaitForNextTickAsync(Cancellation);
        movement.Kill(entireProcessTree: true);
        await movement.WaitForExitAsync(Cancellation);
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
