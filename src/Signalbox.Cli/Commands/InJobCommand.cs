using System.CommandLine;
using Signalbox.CircleCi.Execution.InJob;
using Signalbox.Cli.Help;
using Signalbox.Cli.InJob;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox in-job`: what `circleci` does inside a job. Hidden, because the job's own `circleci` calls it.</summary>
internal static class InJobCommand
{
    public static Command Create(Invocation invocation)
    {
        var words = new Argument<string[]>("words") { Description = "What `circleci` was given", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("in-job", "Do what `circleci` does inside a job; the job's `circleci` calls this.") { words };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellation) =>
        {
            var outcome = await Run(parsed.GetValue(words) ?? [], invocation, cancellation);
            return outcome.Succeeded(out var code, out var problems) ? code.Number : invocation.Refuse(parsed, problems);
        });
        return command.WithExamples(
            "signalbox in-job -- tests glob 'test/**/*_test.py'",
            "signalbox in-job -- tests split --split-by=name < files.txt",
            "signalbox in-job -- env subst < template.yml");
    }

    private static async Task<Outcome<CallEnd>> Run(string[] words, Invocation invocation, CancellationToken cancellation) => words switch
    {
        ["tests", "glob", .. var patterns] => TestsCall.Glob(patterns, invocation),
        ["tests", "split", .. var rest] => await TestsCall.Split(rest, invocation, cancellation),
        ["tests", "run", .. var rest] => await TestsCall.Run(rest, invocation, cancellation),
        ["env", "subst", .. var text] => await Substitute(text, invocation, cancellation),
        ["run", "release", .. var rest] => await RunCall.Release(rest, invocation, cancellation),
        ["run", "oidc", ..] => RunCall.Oidc(),
        ["run", var plugin, .. var rest] => await RunCall.Plugin(plugin, rest, invocation, cancellation),
        _ => InJobRules.BadCall.Without(
            $"{Culprit.Quote(string.Join(' ', words.Prepend("circleci")))} is not something that can be done inside a local job",
            "known are `tests glob|split|run`, `step halt`, `env subst` and `run`"),
    };

    private static async Task<Outcome<CallEnd>> Substitute(string[] text, Invocation invocation, CancellationToken cancellation)
    {
        var template = text.Length > 0 ? string.Join(' ', text) : await InputText.Read(invocation, cancellation);
        await invocation.Terminal.Output.WriteAsync(EnvironmentSubstitution.Apply(template, invocation.Variables));
        return CallEnd.Done;
    }
}
