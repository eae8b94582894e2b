using System.Net;
using System.Text.Json;
using Signalbox.Delivery.Aws;
using Signalbox.Delivery.Aws.Ecs;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;
using Signalbox.Servers;
using Xunit;

namespace Signalbox.Tests.Delivery.Parking;

/// <summary>Draining against ECS's API as it answers on the wire, from a server of this test.</summary>
public sealed class EcsDrainTests : IDisposable
{
    private static readonly ServiceToDrain Web = new("aws_ecs_service.web", "blue", "web", Region: null);
    private static readonly ServiceToDrain Worker = new("aws_ecs_service.worker", "blue", "worker", "eu-west-1");

    private readonly LoopbackServer _server;
    private readonly Uri _address;
    private readonly List<string> _asked = [];
    private readonly List<string> _events = [];
    private Func<string, JsonElement, (int Status, string Body)> _answer = static (_, _) => (200, Seen(0, 0));

    public EcsDrainTests()
    {
        _server = new LoopbackServer(Answer);
        _address = new Uri(_server.Url);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task All_are_asked_first_and_each_is_watched_until_nothing_of_it_runs()
    {
        var left = 2;
        _answer = (operation, _) => (200, operation == "DescribeServices" ? Seen(0, left > 0 ? left-- : 0) : "{}");

        Assert.True((await Drain(Cancellation, Web, Worker)).Succeeded(out _, out _));

        Assert.Equal(["UpdateService web 0", "UpdateService worker 0", "DescribeServices web", "DescribeServices web", "DescribeServices web", "DescribeServices worker"], _asked);
        Assert.Equal(["started web", "started worker", "completed web", "completed worker"], _events);
    }

    [Fact]
    public async Task A_service_that_something_else_sets_back_is_not_fought_over()
    {
        _answer = static (operation, _) => (200, operation == "DescribeServices" ? Seen(2, 1) : "{}");

        Assert.Contains("`aws_ecs_service.web` was set back to 2", Problem(await Drain(Cancellation, Web)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"services":[],"failures":[{"reason":"MISSING"}]}""", 200, "is not in its cluster any more")]
    [InlineData("""{"__type":"AccessDeniedException","message":"no"}""", 400, "AccessDeniedException")]
    public async Task What_ecs_refuses_stops_the_park_and_says_why(string body, int status, string said)
    {
        _answer = (operation, _) => operation == "DescribeServices" ? (status, body) : (200, "{}");

        var problem = Problem(await Drain(Cancellation, Web));

        Assert.Equal("SB3358", problem.Rule.Code);
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("completed web", _events);
    }

    [Fact]
    public async Task An_interrupt_while_it_waits_is_an_ending_that_can_be_written_down()
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _answer = (operation, _) =>
        {
            if (operation == "DescribeServices")
                interrupt.Cancel();
            return (200, Seen(0, 1));
        };

        Assert.Contains("interrupted", Problem(await Drain(interrupt.Token, Web)).Message, StringComparison.Ordinal);
    }

    private static string Seen(int wanted, int running) => $$"""{"services":[{"desiredCount":{{wanted}},"runningCount":{{running}}}]}""";

    private static Diagnostic Problem(Outcome<TimeSpan> outcome) => Assert.Single(Assert.IsType<Outcome<TimeSpan>.Failure>(outcome).Problems);

    private Task<Outcome<TimeSpan>> Drain(CancellationToken interrupt, params ServiceToDrain[] services) =>
        new EcsDrain(
            new AwsEndpoint("eu-west-2", _address, new Dictionary<string, string>(StringComparer.Ordinal) { ["AWS_ACCESS_KEY_ID"] = "key", ["AWS_SECRET_ACCESS_KEY"] = "secret" }),
            TimeProvider.System).Drain(services, Take, interrupt);

    private void Take(TerraformEvent happened) => _events.Add(happened switch
    {
        TerraformEvent.Started { Action: "drain" } started => $"started {started.Address.Split('.')[1]}",
        TerraformEvent.Completed { Action: "drain" } completed => $"completed {completed.Address.Split('.')[1]}",
        _ => "something else",
    });

    private async Task Answer(HttpListenerContext context)
    {
        using var question = await JsonDocument.ParseAsync(context.Request.InputStream, default, Cancellation);
        var operation = context.Request.Headers["X-Amz-Target"]!.Split('.')[1];
        var asked = question.RootElement;
        _asked.Add(operation == "UpdateService"
            ? $"{operation} {asked.GetProperty("service").GetString()} {asked.GetProperty("desiredCount").GetInt32()}"
            : $"{operation} {asked.GetProperty("services")[0].GetString()}");
        var (status, body) = _answer(operation, asked);
        await LoopbackServer.Say(context.Response, status, body);
    }
}
