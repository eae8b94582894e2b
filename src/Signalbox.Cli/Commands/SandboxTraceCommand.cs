using System.CommandLine;
using Signalbox.Cli.Help;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`sandbox trace`: hop by hop, which resource carries a request on, or does not.</summary>
internal static class SandboxTraceCommand
{
    public static readonly Rule NotTraceable = new("SB5204", Severity.Error, "not an address that can be traced");

    public static Command Create(Invocation invocation)
    {
        var url = new Argument<string>("URL") { Description = "An address of the sandbox's account; https:// may be left out" };
        var command = new Command("trace", "Walk a URL through the sandbox's account, hop by hop: where it breaks, and what to mend.")
        {
            url,
        };
        command.SetAction((parsed, cancellation) => Run(invocation, parsed, parsed.GetRequiredValue(url), cancellation));
        return command.WithExamples(
            "signalbox sandbox trace portal.rocketclub.online",
            "signalbox sandbox trace https://pipelines.rocketclub.online/api/health",
            "signalbox sandbox trace portal.rocketclub.online --json");
    }

    private static async Task<int> Run(Invocation invocation, ParseResult parsed, string text, CancellationToken cancellation)
    {
        if (!Address(text).Succeeded(out var url, out var problems)
            || !(await SandboxCommand.Account(invocation).Running(cancellation)).Succeeded(out var sandbox, out problems)
            || !(await sandbox.Trace(url, invocation.Clock, cancellation)).Succeeded(out var trace, out problems))
        {
            return invocation.Refuse(parsed, problems);
        }

        if (parsed.GetValue(Invocation.Json))
            invocation.Terminal.Json(writer => SandboxTraceAnswer.Write(trace, writer));
        else
            invocation.Terminal.Answer(SandboxTraceAnswer.Text(trace, invocation.Terminal));
        return trace.Broken is null ? ExitCode.Done : ExitCode.Failed;
    }

    internal static Outcome<Uri> Address(string text)
    {
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        return Uri.TryCreate(whole, UriKind.Absolute, out var url) && url is { Scheme: "https", IsDefaultPort: true, HostNameType: UriHostNameType.Dns }
            ? url
            : NotTraceable.Without($"`{text}` is not the https address of a host name", "write it as in `https://portal.example.org/path`, without a port");
    }
}
