using System.CommandLine;
using Signalbox.Cli.Help;
using Signalbox.Cli.Running;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox serve`: keeps the engine and its API up.</summary>
internal static class ServeCommand
{
    public static Command Create(Invocation invocation)
    {
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; any that is free, unless it is given", HelpName = "n", DefaultValueFactory = _ => 0 };
        var config = new Option<string>("--config") { Description = "The pipeline config; `.circleci/config.yml`", HelpName = "file", DefaultValueFactory = _ => ".circleci/config.yml" };
        var command = new Command("serve", "Keep the engine and CircleCI's API v2 up on this machine, until interrupted.") { port, config };
        command.SetAction((parsed, cancellation) => Serve(invocation, parsed, parsed.GetValue(port), parsed.GetValue(config)!, cancellation));
        return command.WithExamples(
            "signalbox serve",
            "signalbox serve --port 8025",
            "signalbox serve --json");
    }

    private static async Task<int> Serve(Invocation invocation, ParseResult parsed, int port, string config, CancellationToken cancellation)
    {
        await using var watched = new WatchedRuns(invocation, parsed);
        var options = new SessionOptions { Listener = watched, StaysOnHold = true, Port = port, ConfigPath = config };
        if (!(await RunSession.Open(invocation, options, cancellation)).Succeeded(out var session, out var problems))
            return invocation.Refuse(parsed, problems);
        await using (session)
        {
            if (parsed.GetValue(Invocation.Json))
            {
                invocation.Terminal.JsonLine(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("event"u8, "serving");
                    json.WriteString("url"u8, session.Address.ToString());
                    json.WriteString("token_file"u8, session.Engine.Folders.ApiToken);
                    json.WriteString("project_slug"u8, session.Engine.Project.Slug);
                    json.WriteEndObject();
                });
            }
            else
            {
                invocation.Terminal.Answer($"CircleCI's API v2 for {session.Engine.Project.Slug} listens at {session.Address}api/v2");
                invocation.Terminal.Say($"the token is in {session.Engine.Folders.ApiToken}; Ctrl-C ends");
            }

            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var stopping = cancellation.Register(() => stopped.SetResult());
            await Task.WhenAny(stopped.Task);
            await session.Dispatcher.Settled();
            return ExitCode.Done;
        }
    }
}
