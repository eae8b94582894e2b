using System.CommandLine;
using System.Text.Json;
using Signalbox.CircleCi.Api;
using Signalbox.CircleCi.Execution.Pipelines;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Running;

/// <summary>A pipeline on CircleCI itself, ordered and watched from here: the same API, another address.</summary>
internal sealed class RemoteRun
{
    private const string Service = "https://circleci.com";
    private const int LooksWithoutWorkflow = 15;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly string[] Over = ["success", "failed", "canceled", "unauthorized", "error", "not_run"];
    private static readonly Rule NoToken = new("SB6020", Severity.Error, "There is no token for CircleCI");

    private readonly Invocation _invocation;
    private readonly ParseResult _parsed;
    private readonly CircleCiClient _client;
    private readonly PipelineOrder _order;
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);

    private RemoteRun(Invocation invocation, ParseResult parsed, CircleCiClient client, PipelineOrder order) =>
        (_invocation, _parsed, _client, _order) = (invocation, parsed, client, order);

    /// <param name="order">A workflow that is named must be one that the config keeps with these parameters.</param>
    public static async Task<int> Start(Invocation invocation, ParseResult parsed, PipelineOrder order, CancellationToken cancellation)
    {
        var variables = invocation.Variables;
        if ((variables.GetValueOrDefault("CIRCLE_TOKEN") ?? variables.GetValueOrDefault("CIRCLECI_CLI_TOKEN")) is not { Length: > 0 } token)
            return invocation.Refuse(parsed, [NoToken.Without("CIRCLE_TOKEN is not set", "make a personal API token on circleci.com and export it as CIRCLE_TOKEN")]);
        var project = ProjectIdentity.Of(order.Git.RemoteUrl, order.Source.Repository);
        if (order.Workflow is not null)
        {
            if (!(await OrderedPipeline.Of(order, number: 1, project, invocation.Clock.GetUtcNow(), cancellation)).Succeeded(out var ordered, out var problems))
                return invocation.Refuse(parsed, problems);
            order = order with { Parameters = ordered.Parameters };
        }

        var address = new Uri(variables.GetValueOrDefault("SIGNALBOX_CIRCLECI_URL") is { Length: > 0 } named ? named : Service);
        using var client = new CircleCiClient(address, token, person: null);
        var reply = await client.StartPipeline(project.Slug, json => WriteOrder(json, order), cancellation);
        if (reply.Problem is { } problem)
            return invocation.Refuse(parsed, [RunRules.NoAnswer.Without($"{address.Host} did not start a pipeline of {project.Slug}: {problem}", hint: null)]);
        var number = reply.Body.TryGetProperty("number", out var given) ? given.ToString() : "";
        invocation.Terminal.Say($"pipeline {number} of {address.Host}, of what is pushed of {order.Source.Tag ?? order.Source.Branch ?? "its default branch"}: {reply.Text("id")}");
        return await new RemoteRun(invocation, parsed, client, order).Watch(reply.Text("id"), cancellation);
    }

    private static void WriteOrder(Utf8JsonWriter json, PipelineOrder order)
    {
        json.WriteStartObject();
        if (order.Source.Tag is { } tag)
            json.WriteString("tag"u8, tag);
        else if (order.Source.Branch is { } branch)
            json.WriteString("branch"u8, branch);
        json.WriteStartObject("parameters"u8);
        foreach (var (name, value) in order.Parameters)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private async Task<int> Watch(string pipeline, CancellationToken cancellation)
    {
        await using var progress = _invocation.Terminal.Progress($"watching {_order.Workflow ?? "the pipeline"}");
        for (var looks = 1; ; looks++)
        {
            var reply = await _client.Workflows(pipeline, cancellation);
            if (reply.Problem is { } problem)
                return _invocation.Refuse(_parsed, [RunRules.NoAnswer.Without($"the pipeline cannot be read: {problem}", hint: null)]);
            var workflows = reply.Items
                .Select(workflow => new RemoteWorkflow(ApiReply.Text(workflow, "id"), ApiReply.Text(workflow, "name"), ApiReply.Text(workflow, "status")))
                .Where(workflow => _order.Workflow is null || workflow.Name == _order.Workflow)
                .ToList();
            if (workflows.Count == 0 && await Missing(pipeline, reply.Items, looks, cancellation) is { } missing)
                return _invocation.Refuse(_parsed, [missing]);
            var isWaiting = workflows.Count > 0;
            foreach (var workflow in workflows)
                isWaiting &= await Look(workflow, cancellation);
            if (workflows.Count > 0 && workflows.TrueForAll(workflow => Over.Contains(workflow.Status, StringComparer.Ordinal)))
                return Conclude(workflows.TrueForAll(workflow => workflow.Status is "success") ? ExitCode.Done : ExitCode.Failed, workflows);
            if (isWaiting)
                return Conclude(ExitCode.WaitingForAPerson, workflows);
            await Task.Delay(Pause, _invocation.Clock, cancellation);
        }
    }

    /// <summary>Why the workflow will not come; null while it still may.</summary>
    private async Task<Diagnostic?> Missing(string pipeline, IReadOnlyList<JsonElement> others, int looks, CancellationToken cancellation)
    {
        var found = await _client.Pipeline(pipeline, cancellation);
        if (found.Text("state") is "errored")
        {
            var errors = found.Body.GetProperty("errors").EnumerateArray().Select(error => ApiReply.Text(error, "message"));
            return RunRules.NoAnswer.Without($"the config is refused there: {string.Join("; ", errors)}", "run `signalbox config validate`; what is pushed may differ from what lies here");
        }

        return found.Text("state") is "created" && (others.Count > 0 || looks >= LooksWithoutWorkflow)
            ? RunRules.NoAnswer.Without(
                $"the pipeline has no workflow {Culprit.Quote(_order.Workflow ?? "")}; it has {(others.Count == 0 ? "none" : string.Join(", ", others.Select(other => Culprit.Quote(ApiReply.Text(other, "name")))))}",
                "what is pushed may differ from what lies here")
            : null;
    }

    /// <returns>Whether only a person can move the workflow.</returns>
    private async Task<bool> Look(RemoteWorkflow workflow, CancellationToken cancellation)
    {
        var isApproved = false;
        foreach (var job in (await _client.Jobs(workflow.Id, cancellation)).Items)
        {
            var (name, status) = (ApiReply.Text(job, "name"), ApiReply.Text(job, "status"));
            var key = $"{workflow.Id} {name}";
            if (_seen.GetValueOrDefault(key) == status)
                continue;
            _seen[key] = status;
            if (status is not ("blocked" or "queued" or "not_running"))
                Tell(workflow, name, status);
            if (status is "on_hold" && (_order.ApprovesAll || _order.Approved.Contains(name, StringComparer.Ordinal)))
                isApproved |= (await _client.Approve(workflow.Id, ApiReply.Text(job, "approval_request_id"), cancellation)).Problem is null;
        }

        return workflow.Status is "on_hold" && !isApproved;
    }

    private void Tell(RemoteWorkflow workflow, string job, string status)
    {
        if (!_parsed.GetValue(Invocation.Json))
        {
            _invocation.Terminal.Say($"{status.Replace('_', ' ').PadRight(9)} {job}");
            return;
        }

        _invocation.Terminal.JsonLine(json =>
        {
            json.WriteStartObject();
            json.WriteString("run"u8, workflow.Id);
            json.WriteString("event"u8, "job_status");
            json.WriteString("job"u8, job);
            json.WriteString("status"u8, status);
            json.WriteEndObject();
        });
    }

    private int Conclude(int code, List<RemoteWorkflow> workflows)
    {
        foreach (var workflow in workflows)
        {
            if (!_parsed.GetValue(Invocation.Json))
            {
                _invocation.Terminal.Answer($"{workflow.Name} on CircleCI: {workflow.Status.Replace('_', ' ')}");
                continue;
            }

            _invocation.Terminal.JsonLine(json =>
            {
                json.WriteStartObject();
                json.WriteString("event"u8, "settled");
                json.WriteString("run"u8, workflow.Id);
                json.WriteString("workflow"u8, workflow.Name);
                json.WriteString("status"u8, workflow.Status);
                json.WriteNumber("exit_code"u8, code);
                json.WriteEndObject();
            });
        }

        if (code == ExitCode.WaitingForAPerson)
            _invocation.Terminal.Say("hint: approve it on CircleCI; `--approve JOB` does so beforehand");
        return code;
    }

    private sealed record RemoteWorkflow(string Id, string Name, string Status);
}
