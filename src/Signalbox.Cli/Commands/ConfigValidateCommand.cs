using System.CommandLine;
using System.Text;
using System.Text.Json;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox config validate`: everything that is wrong with a config, at once.</summary>
internal static class ConfigValidateCommand
{
    public static Command Create(Invocation invocation)
    {
        var path = new Argument<string?>("path") { Description = "The config, or - for standard input", Arity = ArgumentArity.ZeroOrOne };
        var sarif = new Option<string?>("--sarif") { Description = "Write what was found as SARIF too", HelpName = "file" };
        var command = new Command("validate", "Check a CircleCI config: every problem at once, each with its place and what to do.") { path, sarif };
        var choice = new ConfigChoice(command, invocation, parsed => parsed.GetValue(path));
        command.SetAction((parsed, cancellation) => Run(parsed, choice, sarif, invocation, cancellation));
        return command.WithExamples(
            "signalbox config validate",
            "signalbox config validate .circleci/continue.yml --param deploy=true",
            "signalbox config validate - --sarif config.sarif < config.yml");
    }

    private static async Task<int> Run(ParseResult parsed, ConfigChoice choice, Option<string?> sarif, Invocation invocation, CancellationToken cancellation)
    {
        var found = (await choice.Compile(parsed, checksEverything: true, cancellation)).Succeeded(out var result, out var problems) ? result.Diagnostics : problems;
        if (parsed.GetValue(sarif) is { Length: > 0 } file
            && await ReportFile.Write(Path.GetFullPath(file, invocation.Folder), Sarif(found), cancellation) is { } unwritten)
        {
            return invocation.Refuse(parsed, [.. found, unwritten]);
        }

        var errors = found.Count(problem => problem.Rule.Severity == Severity.Error);
        var warnings = found.Count - errors;
        if (parsed.GetValue(Invocation.Json))
            invocation.Terminal.Json(writer => Write(writer, found, errors, warnings));
        else
            Say(invocation.Terminal, found, errors, warnings);
        return errors == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Say(Terminal terminal, ValueList<Diagnostic> found, int errors, int warnings)
    {
        terminal.Report(found);
        if (errors == 0)
            terminal.Answer(warnings == 0 ? "The config is valid." : $"The config is valid; {Count(warnings, "warning")}.");
        else
            terminal.Say(warnings == 0 ? $"{Count(errors, "error")}" : $"{Count(errors, "error")}, {Count(warnings, "warning")}");
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static void Write(Utf8JsonWriter writer, ValueList<Diagnostic> found, int errors, int warnings)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("valid", errors == 0);
        writer.WriteNumber("errors", errors);
        writer.WriteNumber("warnings", warnings);
        writer.WritePropertyName("problems");
        DiagnosticJson.Write(writer, found);
        writer.WriteEndObject();
    }

    private static string Sarif(ValueList<Diagnostic> found)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            Diagnostics.Sarif.Write(writer, found, Release.Version);
        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }
}
