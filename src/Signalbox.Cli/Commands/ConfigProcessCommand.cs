using System.CommandLine;
using Signalbox.Cli.Help;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox config process`: a config in CircleCI's compiled form.</summary>
internal static class ConfigProcessCommand
{
    public static Command Create(Invocation invocation)
    {
        var path = new Argument<string?>("path") { Description = "The config, or - for standard input", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("process", "Compile a CircleCI config and print what CircleCI would run, as version 2.") { path };
        var choice = new ConfigChoice(command, invocation, parsed => parsed.GetValue(path));
        command.SetAction((parsed, cancellation) => Run(parsed, choice, invocation, cancellation));
        return command.WithExamples(
            "signalbox config process",
            "signalbox config process --pipeline-value git.branch=main --param deploy=true",
            "signalbox config process --orb circleci/node@5=node.yml > compiled.yml");
    }

    private static async Task<int> Run(ParseResult parsed, ConfigChoice choice, Invocation invocation, CancellationToken cancellation)
    {
        if (!(await choice.Compile(parsed, checksEverything: false, cancellation)).Succeeded(out var result, out var problems))
            return invocation.Refuse(parsed, problems);
        if (result.Document is null)
            return invocation.Refuse(parsed, result.Diagnostics);

        var yaml = result.Document.ToYaml();
        if (!parsed.GetValue(Invocation.Json))
        {
            invocation.Terminal.Report(result.Diagnostics);
            invocation.Terminal.Answer(yaml.TrimEnd('\n'));
            return ExitCode.Done;
        }

        invocation.Terminal.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("setup", result.IsSetup);
            writer.WriteString("config", yaml);
            writer.WritePropertyName("problems");
            DiagnosticJson.Write(writer, result.Diagnostics);
            writer.WriteEndObject();
        });
        return ExitCode.Done;
    }
}
