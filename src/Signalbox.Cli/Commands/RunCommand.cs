using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Cli.Help;
using Signalbox.Cli.Running;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox run WORKFLOW`: executes a workflow of the pipeline, here or on CircleCI.</summary>
internal sealed class RunCommand
{
    private readonly Invocation _invocation;
    private readonly Argument<string?> _workflow = new("workflow") { Description = "A workflow of the config; without one, all that a push would start", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> _parameters = new("--param", "-p") { Description = "A pipeline parameter", HelpName = "name=value", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _approve = new("--approve") { Description = "Approve this hold beforehand", HelpName = "job", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _approveAll = new("--approve-all") { Description = "Approve every hold beforehand" };
    private readonly Option<string> _on = new("--on") { Description = "The engine: `local`, the default, or `circleci`", HelpName = "engine", DefaultValueFactory = _ => "local" };
    private readonly Option<string> _executor = new("--executor") { Description = "Where jobs run: `host`, the default, or `container`", HelpName = "executor", DefaultValueFactory = _ => "host" };
    private readonly Option<bool> _dirty = new("--dirty") { Description = "Take the working tree as it is instead of the commit" };
    private readonly Option<bool> _keepFailed = new("--keep-failed") { Description = "Keep the folder or container of a job that fails" };
    private readonly Option<int> _parallel = new("--parallel") { Description = "How many jobs may run at once; as many as there are processors", HelpName = "n", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<string> _config = new("--config") { Description = "The pipeline config; `.circleci/config.yml`", HelpName = "file", DefaultValueFactory = _ => ".circleci/config.yml" };

    private RunCommand(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _on.AcceptOnlyFromAmong("local", "circleci");
        _executor.AcceptOnlyFromAmong("host", "container");
        _parallel.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("`--parallel` must be at least 1");
        });
        _parameters.Validators.Add(result =>
        {
            foreach (var word in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (word.IndexOf('=') < 1)
                    result.AddError($"`--param {word}` is not written as name=value");
            }
        });
        command.Add(_workflow);
        foreach (var option in (Option[])[_parameters, _approve, _approveAll, _on, _executor, _dirty, _keepFailed, _parallel, _config])
            command.Add(option);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("run", "Execute a workflow of the pipeline: jobs, approvals and all, on this machine.");
        _ = new RunCommand(command, invocation);
        return command.WithExamples(
            "signalbox run terraform-prod",
            "signalbox run terraform-prod --approve-all --json",
            "signalbox run build --param tag=1.2.3 --executor container");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var parameters = Parameters(parsed);
        if (parsed.GetValue(_on) == "circleci")
            return await RemoteRun.Start(_invocation, parsed, parsed.GetValue(_workflow), parameters, Approved(parsed), parsed.GetValue(_approveAll), cancellation);

        var policy = new JobPolicy
        {
            Executor = parsed.GetValue(_executor) == "container" ? ExecutorChoice.Container : ExecutorChoice.Host,
            KeepFailed = parsed.GetValue(_keepFailed),
        };
        await using var watched = new WatchedRuns(_invocation, parsed);
        var options = new SessionOptions
        {
            Listener = watched,
            Parallel = parsed.GetValue(_parallel),
            StaysOnHold = watched.CanAsk,
            ConfigPath = Path.GetFullPath(parsed.GetValue(_config)!, parsed.GetResult(_config) is { Implicit: false } ? _invocation.Folder : Repository.Root(_invocation.Folder)),
            Policy = policy,
        };
        if (!(await RunSession.Open(_invocation, options, cancellation)).Succeeded(out var session, out var problems))
            return _invocation.Refuse(parsed, problems);

        await using (session)
        {
            if (!(await session.Orders.Here(session.Git, parsed.GetValue(_dirty), cancellation)).Succeeded(out var order, out problems))
                return _invocation.Refuse(parsed, problems);
            Remark(session, parsed);
            order = order with
            {
                Workflow = parsed.GetValue(_workflow),
                Parameters = parameters,
                Approved = Approved(parsed),
                ApprovesAll = parsed.GetValue(_approveAll),
            };
            if (!(await session.Starter.Start(order, cancellation)).Succeeded(out var started, out problems))
                return _invocation.Refuse(parsed, problems);
            _invocation.Terminal.Report(started.Warnings);
            return await watched.ToTheEnd(session, started.Runs, cancellation);
        }
    }

    private void Remark(RunSession session, ParseResult parsed)
    {
        if (session.Git.IsDirty && !parsed.GetValue(_dirty))
            _invocation.Terminal.Say("note: uncommitted changes are left out, as on CircleCI; `--dirty` takes them along");
    }

    private ValueList<string> Approved(ParseResult parsed) => [.. parsed.GetValue(_approve)!];

    private Dictionary<string, JsonElement> Parameters(ParseResult parsed)
    {
        var parameters = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var word in parsed.GetValue(_parameters)!)
            parameters[word[..word.IndexOf('=')]] = JsonScalar(word[(word.IndexOf('=') + 1)..]);
        return parameters;
    }

    /// <summary>Booleans and whole numbers as JSON has them, and anything else is text. The compiler reads it as its parameter's type.</summary>
    private static JsonElement JsonScalar(string value)
    {
        var isScalar = value is "true" or "false" || (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == value);
        return JsonElement.Parse(isScalar ? value : JsonText.Line(json => json.WriteStringValue(value)));
    }
}
