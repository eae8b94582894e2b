using System.Collections;
using System.Text;
using Signalbox.Processes;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>A client that somebody else wrote for CircleCI's API v2 (npm: circle-client), as it is published.</summary>
public sealed class NpmClientTests
{
    private const string Package = "circle-client@0.1.7";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Script = """
        const CircleCI = require('circle-client').default;
        CircleCI.baseUrl = process.argv[2] + 'api/v2';
        const client = new CircleCI(process.argv[3], ['github', 'lever', 'frame'], { branch: 'main' });
        const until = async (id, status) => {
          for (;;) {
            const workflow = await client.getWorkflow(id);
            if (workflow.status === status) return workflow;
          }
        };
        (async () => {
          const me = await client.getMe();
          const pipeline = await client.triggerProjectPipeline({ parameters: { deploy: true } });
          const id = (await client.listPipelineWorkflows(pipeline.id)).items[0].id;
          await until(id, 'on_hold');
          const hold = (await client.listWorkflowJobs(id)).items.find(job => job.type === 'approval');
          await client.approveWorkflowJob(id, hold.approval_request_id);
          await until(id, 'success');
          const jobs = (await client.listWorkflowJobs(id)).items;
          const plan = await client.getJob(jobs.find(job => job.name === 'plan').job_number);
          const artifacts = (await client.listJobArtifacts(plan.number)).items;
          console.log([me.login, (await client.getProject()).slug, pipeline.number, plan.status, artifacts[0].path,
            jobs.find(job => job.name === 'hold').approved_by === me.id].join(' '));
        })().catch(problem => { console.error(problem); process.exit(1); });
        """;

    [Fact]
    public async Task A_client_from_npm_starts_approves_and_reads_a_pipeline()
    {
        var folder = Directory.CreateTempSubdirectory("signalbox-").FullName;
        // A registry that cannot be reached must not hold the whole run: npm would try again for as long as it likes.
        var npm = await Run(
            "npm", folder, "install", "--no-fund", "--no-audit", "--no-save", "--fetch-retries", "0", "--fetch-timeout", "20000", "--prefix", folder, Package);
        Assert.SkipUnless(npm?.Code == 0, $"npm cannot install {Package} here");
        await File.WriteAllTextAsync(Path.Combine(folder, "client.js"), Script, RunningEngine.Cancellation);
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Build("plan", "layer"), Graph.Hold("hold", Graph.On("plan"))));

        var client = await Run("node", folder, "client.js", served.Address.ToString(), ServedEngine.Token);

        Assert.True(client is { Code: 0 }, client?.Error ?? "the client did not end");
        Assert.Equal("ada gh/lever/frame 1 success summary.txt true\n", client!.Output);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Null when there is no such program, or when it did not end in time.</summary>
    private static async Task<EndedProcess?> Run(string program, string folder, params string[] arguments)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
        if (ProgramSearch.Find(program, variables) is not { } found)
            return null;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(RunningEngine.Cancellation);
        patience.CancelAfter(Patience);
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var exit = await new ProcessRunner(TimeProvider.System).Run(
            new Command(found, [.. arguments]) { Folder = folder, Environment = variables, Grace = TimeSpan.FromSeconds(5) },
            line => { lock (output) (line.Source is Output.Standard ? output : error).Append(line.Text).Append('\n'); },
            patience.Token);
        return exit.WasInterrupted ? null : new EndedProcess(exit.Code, output.ToString(), error.ToString());
    }
}
