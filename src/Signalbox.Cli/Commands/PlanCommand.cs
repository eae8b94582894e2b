using System.CommandLine;
using System.Text;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox plan ENV`: one Terraform plan, judged and sealed.</summary>
internal sealed class PlanCommand
{
    private readonly Invocation _invocation;
    private readonly EnvironmentChoice _choice;

    private readonly Option<string?> _out = new("--out") { Description = "Where to keep the sealed plan", HelpName = "file" };
    private readonly Option<string?> _markdown = new("--markdown") { Description = "Write the summary as Markdown too", HelpName = "file" };
    private readonly Option<string?> _sarif = new("--sarif") { Description = "Write the findings as SARIF too", HelpName = "file" };
    private readonly Option<string[]> _variables = new("--var") { Description = "A Terraform variable for this plan only", HelpName = "name=value", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _like = new("--like") { Description = "Show only what differs from this earlier plan; if nothing does, its signatures may carry over", HelpName = "plan" };
    private readonly Option<bool> _noRefresh = new("--no-refresh") { Description = "Do not read the account first: faster, and blind to changes there" };

    private PlanCommand(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _choice = new EnvironmentChoice(command, invocation);
        command.Add(_out);
        command.Add(_markdown);
        command.Add(_sarif);
        command.Add(_variables);
        command.Add(_noRefresh);
        command.Add(_like);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("plan", "Plan a change, let the guard judge it, and seal it.");
        _ = new PlanCommand(command, invocation);
        command.Add(PlanShowCommand.Create(invocation));
        return command.WithExamples(
            "signalbox plan prod",
            "signalbox plan prod --markdown plan.md --sarif plan.sarif",
            "signalbox plan prod --like approved.plan");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (!(await EarlierPlan.Open(_invocation, Path(parsed, _like), parsed.GetRequiredValue(_choice.Name), _choice.TargetOf(parsed), cancellation)).Succeeded(out var earlier, out var problems)
            || !(await _choice.Open(parsed, cancellation)).Succeeded(out var session, out problems)
            || !(await Plan(parsed, session, earlier.Plan, cancellation)).Succeeded(out var planned, out problems)
            || !(await PlanFile.Keep(planned.Plan, session.State, Path(parsed, _out), cancellation)).Succeeded(out var file, out problems)
            || !(await WriteReports(parsed, planned.Reading, cancellation)).Succeeded(out _, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        var shown = System.IO.Path.GetRelativePath(_invocation.Folder, file);
        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => PlanAnswer.Write(writer, planned.Plan, shown, PlanReview.ToJson(planned.Reading), planned.Likeness));
        else if (planned.Likeness is { } likeness)
            LikenessAnswer.Show(_invocation.Terminal, planned, likeness, session.Environment.Approval, shown);
        else
            PlanAnswer.Show(_invocation.Terminal, planned.Plan, planned.Reading.Summary, planned.Reading.Findings, shown);
        return planned.Plan.UntrustedManifest.Verdict == "deny" ? ExitCode.Failed : ExitCode.Done;
    }

    private async Task<Outcome<PlannedDelivery>> Plan(ParseResult parsed, DeliverySession session, OpenedPlan? like, CancellationToken cancellation)
    {
        if (!(await PlanKey.FindOrCreate(_invocation.Variables, session.State.PlanKey, cancellation)).Succeeded(out var key, out var problems))
            return new Outcome<PlannedDelivery>.Failure(problems);

        if (!(await session.TakeLease(_invocation, "planning", cancellation)).Succeeded(out var lease, out problems))
            return new Outcome<PlannedDelivery>.Failure(problems);

        await using var held = lease;
        var since = _invocation.Clock.GetTimestamp();
        await using var progress = _invocation.Terminal.Progress($"planning {session.Environment.Name} in {session.Access.Target.Word()}");
        var show = new DeliveryProgress(_invocation.Terminal, progress);
        var request = session.PlanRequest(new PlanOptions([.. parsed.GetValue(_variables)!], !parsed.GetValue(_noRefresh))) with { Like = like };
        if (!(await new Planner(session.Terraform, key, _invocation.Clock) { Judge = session.ImageJudge(_invocation.Clock).Judge }.Plan(request, show.Show, _invocation.Interruption.ForChildren)).Succeeded(out var planned, out problems)
            || !(await PlannedEntry.Append(session, planned, _invocation.Clock.GetElapsedTime(since), cancellation)).Succeeded(out _, out problems))
        {
            return new Outcome<PlannedDelivery>.Failure(problems);
        }

        return planned;
    }

    private static string Sarif(PlanReading reading)
    {
        using var bytes = new MemoryStream();
        GuardSarif.Write(bytes, reading.Findings);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private async Task<Outcome<bool>> WriteReports(ParseResult parsed, PlanReading reading, CancellationToken cancellation)
    {
        if (Path(parsed, _markdown) is { } markdown
            && await ReportFile.Write(markdown, PlanSummaryMarkdown.Render(reading.Summary, reading.Findings), cancellation) is { } unwritten)
        {
            return unwritten;
        }

        return Path(parsed, _sarif) is { } sarif && await ReportFile.Write(sarif, Sarif(reading), cancellation) is { } problem
            ? problem
            : true;
    }

    private string? Path(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { Length: > 0 } path ? System.IO.Path.GetFullPath(path, _invocation.Folder) : null;
}
