using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Signalbox.CircleCi.Api;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Pipelines;
using Signalbox.Cli.Help;
using Signalbox.Cli.Running;
using Signalbox.Diagnostics;
using ProcessRunner = Signalbox.Processes.ProcessRunner;

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
    private readonly Option<string?> _branch = new("--branch") { Description = "The newest commit of another branch, with its config", HelpName = "name" };
    private readonly Option<string?> _tag = new("--tag") { Description = "The commit of a tag, with its config, as a tag's pipeline", HelpName = "name" };
    private readonly Option<string[]> _values = new("--pipeline-value") { Description = "A pipeline value, such as `trigger.type=schedule`", HelpName = "name=value", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _honourSkip = new("--honour-skip") { Description = "Do nothing when the commit says `[skip ci]`" };
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
        foreach (var pairs in (Option<string[]>[])[_parameters, _values])
        {
            pairs.Validators.Add(result =>
            {
                foreach (var word in (result.GetValueOrDefault<string[]>() ?? []).Where(word => word.IndexOf('=') < 1))
                    result.AddError($"`{pairs.Name} {word}` is not written as name=value");
            });
        }

        command.Validators.Add(result =>
        {
            if (new bool[] { result.GetValue(_branch) is not null, result.GetValue(_tag) is not null, result.GetValue(_dirty) }.Count(given => given) > 1)
                result.AddError("`--branch`, `--tag` and `--dirty` name different sources; give one of them");
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(_on) == "circleci" && OnlyHere.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } given)
                result.AddError($"`{given.Name}` is for a run on this machine; `--on circleci` takes `--param`, `--branch`, `--tag` and approvals");
        });
        command.Add(_workflow);
        foreach (var option in (Option[])[_parameters, _approve, _approveAll, _on, _executor, _branch, _tag, _dirty, _keepFailed, _parallel, _values, _honourSkip, _config])
            command.Add(option);
        command.SetAction(Run);
    }

    private Option[] OnlyHere => [_executor, _dirty, _keepFailed, _parallel, _values, _honourSkip];

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
        if (parsed.GetValue(_on) == "circleci")
            return await RunThere(parsed, cancellation);

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
            ConfigPath = ConfigPath(parsed),
            Policy = policy,
        };
        if (!(await RunSession.Open(_invocation, options, cancellation)).Succeeded(out var session, out var problems))
            return _invocation.Refuse(parsed, problems);

        await using (session)
        {
            if (!(await Order(session.Orders, session.Git, parsed, cancellation)).Succeeded(out var order, out problems))
                return _invocation.Refuse(parsed, problems);
            if (Skips(order, parsed))
                return ExitCode.Done;
            Remark(session, parsed);
            if (!(await session.Starter.Start(order, cancellation)).Succeeded(out var started, out problems))
                return _invocation.Refuse(parsed, problems);
            _invocation.Terminal.Report(started.Warnings);
            return await watched.ToTheEnd(session, started.Runs, cancellation);
        }
    }

    private async Task<int> RunThere(ParseResult parsed, CancellationToken cancellation)
    {
        var (repository, runner) = (Repository.Root(_invocation.Folder), new ProcessRunner(_invocation.Clock));
        if (await GitFacts.Read(repository, _invocation.Variables, runner, cancellation) is not { } git)
            return _invocation.Refuse(parsed, [RunRules.NoCommit.Without($"{repository} is no git repository with a commit", "CircleCI finds the project by its `origin`")]);
        var orders = new CheckoutOrders(repository, ConfigPath(parsed), _invocation, runner, new JobPolicy());
        return (await Order(orders, git, parsed, cancellation)).Succeeded(out var order, out var problems)
            ? await RemoteRun.Start(_invocation, parsed, order, cancellation)
            : _invocation.Refuse(parsed, problems);
    }

    private string ConfigPath(ParseResult parsed) =>
        Path.GetFullPath(parsed.GetValue(_config)!, parsed.GetResult(_config) is { Implicit: false } ? _invocation.Folder : Repository.Root(_invocation.Folder));

    private async Task<Outcome<PipelineOrder>> Order(CheckoutOrders orders, GitFacts git, ParseResult parsed, CancellationToken cancellation)
    {
        var (branch, tag, parameters) = (parsed.GetValue(_branch), parsed.GetValue(_tag), Parameters(parsed));
        var found = branch is null && tag is null
            ? await orders.Here(git, parsed.GetValue(_dirty), cancellation)
            : await orders.Order(new PipelineRequest(branch, tag, parameters, RunSession.PersonOf(_invocation, git)), cancellation);
        if (!found.Succeeded(out var order, out _))
            return found;
        return order with
        {
            Workflow = parsed.GetValue(_workflow),
            Parameters = parameters,
            Values = Pairs(parsed, _values),
            Approved = [.. parsed.GetValue(_approve)!],
            ApprovesAll = parsed.GetValue(_approveAll),
        };
    }

    /// <summary>A person who runs a workflow means it, so the commit's wish only counts when they say so.</summary>
    private bool Skips(PipelineOrder order, ParseResult parsed)
    {
        if (!order.Git.AsksToSkip)
            return false;
        var isHonoured = parsed.GetValue(_honourSkip);
        _invocation.Terminal.Say(isHonoured
            ? "the commit asks for no pipeline (`[skip ci]`): nothing runs"
            : "note: a push of this commit starts no pipeline (`[skip ci]`); it runs all the same, `--honour-skip` heeds it");
        return isHonoured;
    }

    private void Remark(RunSession session, ParseResult parsed)
    {
        if (session.Git.IsDirty && !parsed.GetValue(_dirty) && parsed.GetValue(_branch) is null && parsed.GetValue(_tag) is null)
            _invocation.Terminal.Say("note: uncommitted changes are left out, as on CircleCI; `--dirty` takes them along");
    }

    private Dictionary<string, JsonElement> Parameters(ParseResult parsed)
    {
        var parameters = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in Pairs(parsed, _parameters))
            parameters[name] = JsonScalar(value);
        return parameters;
    }

    /// <summary>A later pair of the same name wins, as in a shell.</summary>
    private static Dictionary<string, string> Pairs(ParseResult parsed, Option<string[]> option)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in parsed.GetValue(option)!)
            pairs[word[..word.IndexOf('=')]] = word[(word.IndexOf('=') + 1)..];
        return pairs;
    }

    /// <summary>Booleans and whole numbers as JSON has them, and anything else is text. The compiler reads it as its parameter's type.</summary>
    private static JsonElement JsonScalar(string value)
    {
        var isScalar = value is "true" or "false" || (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == value);
        return JsonElement.Parse(isScalar ? value : JsonText.Line(json => json.WriteStringValue(value)));
    }
}
