using System.Text.Json.Nodes;
using Signalbox.Cli;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>The real program is killed with SIGKILL at moments of its own run, again and again, and resumed.</summary>
public sealed class KilledProgramTests
{
    private const string Config = """
        version: 2.1
        jobs:
          step:
            docker: [{ image: cimg/base:stable }]
            parameters: { word: { type: string } }
            steps:
              - run: echo << parameters.word >> >> ~/../../../../../../done.log
        workflows:
          chain:
            jobs:
              - step: { name: one, word: one, serial-group: chain }
              - step: { name: two, word: two, requires: [one] }
              - hold: { type: approval, requires: [two] }
              - step: { name: three, word: three, requires: [hold] }
              - step: { name: four, word: four, requires: [three] }
        """;

    private const int Rounds = 6;

    [Fact]
    public async Task A_run_that_is_killed_again_and_again_is_resumed_to_its_end_and_repeats_nothing_that_had_ended()
    {
        using var repository = await PipelineRepository.With(Config);
        string[] moments = ["started   one", "success   one", "started   two", "approved  hold", "started   three", "success   three"];
        var first = repository.Start("run", "chain", "--approve-all");
        await first.Until(moments[0]);
        first.Kill();
        await first.End();

        foreach (var moment in moments.Take(Rounds).Skip(1))
        {
            var next = repository.Start("resume", "last");
            if (await Reaches(next, moment))
                next.Kill();
            await next.End();
        }

        var last = await repository.Run("resume", "last");
        Assert.True(last.Code is ExitCode.Done || last.Error.Contains("SB6014", StringComparison.Ordinal), last.Error);
        var jobs = JsonNode.Parse((await repository.Run("show", "last", "--json")).Output)!["jobs"]!.AsArray();
        Assert.All(jobs, job => Assert.Equal("success", (string?)job!["status"]));

        // A step may run again when its job was cut off; what the journal calls done never does.
        var done = await File.ReadAllLinesAsync(Path.Combine(repository.Folder, "done.log"), PipelineRepository.Cancellation);
        Assert.Equal(["one", "two", "three", "four"], done.Distinct());
        Assert.Equal(done.Order(Comparer<string>.Create((a, b) => Place(a).CompareTo(Place(b)))), done);
    }

    private static int Place(string job) => Array.IndexOf(["one", "two", "three", "four"], job);

    private static async Task<bool> Reaches(StartedProcess process, string moment)
    {
        try
        {
            await process.Until(moment);
            return true;
        }
        catch (Xunit.Sdk.TrueException)
        {
            return false;
        }
        catch (Xunit.Sdk.FalseException)
        {
            return false; // that moment had passed before the last kill
        }
    }
}
