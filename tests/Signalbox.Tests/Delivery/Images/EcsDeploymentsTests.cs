using System.Text.Json;
using Signalbox.Delivery.Aws.Ecs;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

/// <summary>What ECS says that runs, from a server of this test: a service, and a task that somebody started by itself.</summary>
public sealed class EcsDeploymentsTests : IDisposable
{
    private const string Arn = "arn:aws:ecs:eu-west-2:123456789012";
    private const string Repository = "123456789012.dkr.ecr.eu-west-2.amazonaws.com/blog-data";

    private readonly ScriptedAws _aws = new();
    private int _running = 1;

    public EcsDeploymentsTests() => _aws.Answer = Answer;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task Services_and_tasks_by_themselves_are_told_with_the_digests_that_run()
    {
        var found = await All();

        Assert.Equal(["deployer", "server"], found.Select(deployment => deployment.Name));
        Assert.Equal("deployer:7 0/1", Told(found[0]));
        Assert.Equal("server:2 1/1", Told(found[1]));
        Assert.Equal($"base {Digest('b')}", Running(found[1]));
        Assert.Equal($"deployer {Digest('d')}", Running(found[0]));
    }

    [Fact]
    public async Task Every_page_of_the_tasks_is_read_and_a_hundred_are_asked_for_at_once()
    {
        _running = 250;

        var server = (await All())[1];

        Assert.Equal(250, server.Tasks.Count);
        Assert.Equal(3, _aws.Asked.Count(operation => operation == "DescribeTasks") - 1);
    }

    [Fact]
    public async Task An_older_deployment_that_still_has_tasks_is_a_service_that_rolls()
    {
        Assert.False((await All())[1].IsRolling);
        _running = 2;
        Assert.True((await All())[1].IsRolling);
    }

    [Fact]
    public async Task A_refusal_is_told_and_not_taken_for_nothing_that_runs()
    {
        _aws.Answer = static (_, _) => (400, """{"__type":"AccessDeniedException","message":"not you"}""");

        Assert.False((await new EcsDeployments(_aws.Endpoint, TimeProvider.System).All(Cancellation)).Succeeded(out _, out var problems));

        Assert.Equal("SB2036", Assert.Single(problems).Rule.Code);
        Assert.Contains("not you", problems[0].Message, StringComparison.Ordinal);
    }

    private (int Status, string Body) Answer(string operation, JsonElement question) => (200, operation switch
    {
        "ListClusters" => $$"""{"clusterArns":["{{Arn}}:cluster/blog"]}""",
        "ListServices" => $$"""{"serviceArns":["{{Arn}}:service/blog/server"]}""",
        "DescribeServices" => $$"""
            {"services":[{"serviceName":"server","status":"ACTIVE","taskDefinition":"{{Arn}}:task-definition/server:2","desiredCount":1,"runningCount":1,
            "deployments":[{"status":"PRIMARY","runningCount":1},{"status":"ACTIVE","runningCount":{{(_running == 2 ? 1 : 0)}}}]}]}
            """,
        "ListTasks" when question.TryGetProperty("family", out var family) => $$"""{"taskArns":["{{Arn}}:task/blog/{{family.GetString()}}"]}""",
        "ListTasks" => TaskPage(question.TryGetProperty("nextToken", out var page) ? int.Parse(page.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : 0),
        "DescribeTasks" => $$"""{"tasks":[{{string.Join(',', question.GetProperty("tasks").EnumerateArray().Select(task => Task(task.GetString()!)))}}]}""",
        "ListTaskDefinitionFamilies" => """{"families":["deployer","server"]}""",
        "DescribeTaskDefinition" when question.GetProperty("taskDefinition").GetString()!.Contains("deployer", StringComparison.Ordinal) => Definition("deployer:7", "deployer"),
        "DescribeTaskDefinition" => Definition("server:2", "base"),
        _ => throw new InvalidOperationException(operation),
    });

    private string TaskPage(int first)
    {
        var last = Math.Min(first + 100, _running);
        var tasks = Enumerable.Range(first, last - first).Select(number => $"\"{Arn}:task/blog/server-{number}\"");
        return $$"""{"taskArns":[{{string.Join(',', tasks)}}]{{(last < _running ? $",\"nextToken\":\"{last}\"" : "")}}}""";
    }

    private static string Task(string arn)
    {
        var (tag, digest) = arn.EndsWith("/deployer", StringComparison.Ordinal) ? ("deployer", Digest('d')) : ("base", Digest('b'));
        return $$"""{"containers":[{"image":"{{Repository}}:{{tag}}","imageDigest":"{{digest}}"},{"image":"not a reference:","imageDigest":"x"}]}""";
    }

    private static string Definition(string name, string tag) =>
        $$$"""{"taskDefinition":{"taskDefinitionArn":"{{{Arn}}}:task-definition/{{{name}}}","containerDefinitions":[{"image":"{{{Repository}}}:{{{tag}}}"}]}}""";

    private static string Digest(char letter) => $"sha256:{new string(letter, 64)}";

    private static string Told(Deployment deployment) => $"{deployment.TaskDefinition} {deployment.Wanted}/{deployment.Running}";

    private static string Running(Deployment deployment) => string.Join(' ', deployment.Tasks.Select(task => $"{task.Image.Tag} {task.Digest}"));

    private async Task<ValueList<Deployment>> All()
    {
        Assert.True((await new EcsDeployments(_aws.Endpoint, TimeProvider.System).All(Cancellation)).Succeeded(out var found, out _));
        return found;
    }
}
