using System.CommandLine;
using System.Text.Json;
using Signalbox.CircleCi.Api;
using Signalbox.CircleCi.Execution.Pipelines;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Cli.Running;

/// <summary>A run on CircleCI itself, watched from here: the same API, another address.</summary>
internal sealed class RemoteRun
{
    private const string Service = "https://circleci.com";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly string[] Over = ["success", "failed", "canceled", "unauthorized", "error", "not_run"];
    private static readonly Rule NoToken = new("SB6020", Severity.Error, "There is no token for CircleCI");

    private readonly Invocation _invocation;
    private readonly ParseResult _parsed;
    private readonly CircleCiClient _client;
    private readonly ValueList<string> _approved;
    private readonly bool _approvesAll;
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);

    private RemoteRun(Invocation invocation, ParseResult parsed, CircleCiClient client, ValueList<string> approved, bool approvesAll) =>
        (_invocation, _parsed, _client, _approved, _approvesAll) = (invocation, parsed, client, approved, approvesAll);

    public static async Task<int> Start(
        Invocation invocation,
        ParseResult parsed,
        string? workflow,
        Dictionary<string, JsonElement> parameters,
        ValueList<string> approved,
        bool approvesAll,
        CancellationToken cancellation)
    {
        var variables = invocation.Variables;
        if ((variables.GetValueOrDefault("CIRCLE_TOKEN") ?? variables.GetValueOrDefault("CIRCLECI_CLI_TOKEN")) is not { Length: > 0 } token)
            return invocation.Refuse(parsed, [NoToken.Without("CIRCLE_TOKEN is not set", "make a personal API token on circleci.com and export it as CIRCLE_TOKEN")]);
        var repository = Repository.Root(invocation.Folder);
        if (await GitFacts.Read(repository, variables, new ProcessRunner(invocation.Clock), cancellation) is not { } git)
            return invocation.Refuse(parsed, [RunRules.NoCommit.Without($"{repository} is no git repository with a commit", "CircleCI finds the project by its `origin`")]);

        var address = new Uri(variables.GetValueOrDefault("SIGNALBOX_CIRCLECI_URL") is { Length: > 0 } named ? named : Service);
        using var client = new CircleCiClient(address, token, person: null);
        var reply = await client.StartPipeline(ProjectIdentity.Of(git.RemoteUrl, repository).Slug, json => Order(json, git, parameters), cancellation);
        if (reply.Problem is { } problem)
            return invocation.Refuse(parsed, [RunRules.NoAnswer.Without($"{address.Host} did not start the pipeline: {problem}", hint: null)]);
        invocation.Terminal.Say($"pipeline {(reply.Body.TryGetProperty("number", out var number) ? number.ToString() : "")} of {address.Host}: {reply.Text("id")}");
        return await new RemoteRun(invocation, parsed, client, approved, approvesAll).Watch(reply.Text("id"), workflow, cancellation);
    }

    private static void Order(Utf8JsonWriter json, GitFacts git, Dictionary<string, JsonElement> parameters)
    {
        json.WriteStartObject();
        if (git.Branch is { } branch)
            json.WriteString("branch"u8, branch);
        json.WriteStartObject("parameters"u8);
        foreach (var (name, value) in parameters)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private async Task<int> Watch(string pipeline, string? wanted, CancellationToken cancellation)
    {
        await using var progress = _invocation.Terminal.Progress($"watching {wanted ?? "the pipeline"}");
        while (true)
        {
            var reply = await _client.Workflows(pipeline, cancellation);
            if (reply.Problem is { } problem)
                return _invocation.Refuse(_parsed, [RunRules.NoAnswer.Without($"the pipeline cannot be read: {problem}", hint: null)]);
            var workflows = reply.Items.Where(workflow => wanted is null || ApiReply.Text(workflow, "name") == wanted).ToList();
            var isWaiting = workflows.Count > 0;
            foreach (var workflow in workflows)
                isWaiting &= await Look(ApiReply.Text(workflow, "id"), ApiReply.Text(workflow, "status"), cancellation);
            var states = workflows.Select(workflow => ApiReply.Text(workflow, "status")).ToList();
            if (states.Count > 0 && states.TrueForAll(state => Over.Contains(state, StringComparer.Ordinal)))
                return Conclude(states.TrueForAll(state => state is "success") ? ExitCode.Done : ExitCode.Failed, states);
            if (isWaiting)
                return Conclude(ExitCode.WaitingForAPerson, states);
            await Task.Delay(Pause, _invocation.Clock, cancellation);
        }
    }

    /// <returns>Whether only a person can move the workflow.</returns>
    private async Task<bool> Look(string workflow, string state, CancellationToken cancellation)
    {
        var isApproved = false;
        foreach (var job in (await _client.Jobs(workflow, cancellation)).Items)
        {
            var (name, status) = (ApiReply.Text(job, "name"), ApiReply.Text(job, "status"));
            var key = $"{workflow} {name}";
            if (_seen.GetValueOrDefault(key) == status)
                continue;
            _seen[key] = status;
            if (status is not ("blocked" or "queued" or "not_running"))
                Tell(workflow, name, status);
            if (status is "on_hold" && (_approvesAll || _approved.Contains(name, StringComparer.Ordinal)))
                isApproved |= (await _client.Approve(workflow, ApiReply.Text(job, "approval_request_id"), cancellation)).Problem is null;
        }

        return state is "on_hold" && !isApproved;
    }

    private void Tell(string workflow, string job, string status)
    {
        if (!_parsed.GetValue(Invocation.Json))
        {
            _invocation.Terminal.Say($"{status.Replace('_', ' ').PadRight(9)} {job}");
            return;
        }

        _invocation.Terminal.JsonLine(json =>
        {
            json.WriteStartObject();
            json.WriteString("run"u8, workflow);
            json.WriteString("event"u8, "job_status");
            json.WriteString("job"u8, job);
            json.WriteString("status"u8, status);
            json.WriteEndObject();
        });
    }

    private int Conclude(int code, List<string> states)
    {
        if (!_parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Answer($"on CircleCI: {string.Join(", ", states.Select(state => state.Replace('_', ' ')))}");
        if (code == ExitCode.WaitingForAPerson)
            _invocation.Terminal.Say("hint: approve it on CircleCI, or run again with `--approve JOB`");
        return code;
    }
}
