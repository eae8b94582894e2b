using System.CommandLine;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Plans;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox plan show FILE`: what a sealed plan says, once its seal was checked.</summary>
internal static class PlanShowCommand
{
    public static Command Create(Invocation invocation)
    {
        var file = new Argument<string>("file") { Description = "A sealed plan" };
        var command = new Command("show", "Check a sealed plan's seal and print its manifest and summary.") { file };
        command.SetAction((parsed, cancellation) => Run(parsed, Path.GetFullPath(parsed.GetRequiredValue(file), invocation.Folder), invocation, cancellation));
        return command.WithExamples(
            "signalbox plan show prod.plan",
            "signalbox plan show prod.plan --json",
            "SIGNALBOX_PLAN_KEY=… signalbox plan show artifacts/prod.plan");
    }

    private static async Task<int> Run(ParseResult parsed, string path, Invocation invocation, CancellationToken cancellation)
    {
        var state = StateFolder.Of(invocation);
        if (!(await SealedPlan.Read(path, cancellation)).Succeeded(out var plan, out var problems)
            || !(await PlanKey.Find(invocation.Variables, state.PlanKey, cancellation)).Succeeded(out var key, out problems)
            || !plan.Open(key).Succeeded(out var opened, out problems)
            || !PlanSummaryJson.Read(opened.Contents.Review.Span).Succeeded(out var review, out problems))
        {
            return invocation.Refuse(parsed, problems);
        }

        var shown = Path.GetRelativePath(invocation.Folder, path);
        if (parsed.GetValue(Invocation.Json))
            invocation.Terminal.Json(writer => PlanAnswer.Write(writer, plan, shown, opened.Contents.Review));
        else
            PlanAnswer.Show(invocation.Terminal, plan, review.Summary, review.Findings, shown);
        return ExitCode.Done;
    }
}
