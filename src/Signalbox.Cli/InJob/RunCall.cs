using Signalbox.CircleCi.Execution.InJob;
using Signalbox.Diagnostics;
using Signalbox.Journal;

namespace Signalbox.Cli.InJob;

/// <summary>`circleci run`: plugins that CircleCI's agent would fetch, and its deploy markers.</summary>
internal static class RunCall
{
    private const string Folder = "SIGNALBOX_PLUGINS";

    /// <summary>A plugin is a program that a person put into a folder under the plugin's name; nothing is fetched.</summary>
    public static async Task<Outcome<CallEnd>> Plugin(string plugin, string[] rest, Invocation invocation, CancellationToken cancellation)
    {
        var name = plugin.Split('@')[0];
        var folder = invocation.Variables.GetValueOrDefault(Folder, Path.Combine(invocation.Folder, ".signalbox", "plugins"));
        var program = Path.GetFullPath(Path.Combine(folder, name));
        var isInside = program.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (!isInside || !File.Exists(program))
            return InJobRules.NoPlugin.Without($"the plugin {Culprit.Quote(name)} is fetched by CircleCI's own agent, and no local stand-in for it lies in {folder}", $"put an executable there as `{name}`");
        var arguments = rest is ["--", .. var after] ? after : rest;
        return await ChildProgram.Run(program, [.. arguments], await InputText.Read(invocation, cancellation), invocation, cancellation);
    }

    /// <summary>A deploy marker is written down beside the job's other results, and succeeds.</summary>
    public static async Task<Outcome<CallEnd>> Release(string[] rest, Invocation invocation, CancellationToken cancellation)
    {
        var file = Path.Combine(invocation.Variables.GetValueOrDefault("CIRCLE_INTERNAL_TASK_DATA", invocation.Folder), "releases.ndjson");
        var line = JsonText.Line(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("at", invocation.Clock.GetUtcNow());
            writer.WriteStartArray("words");
            foreach (var word in rest)
                writer.WriteStringValue(word);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        await DurableFile.AppendLine(file, System.Text.Encoding.UTF8.GetBytes(line.TrimEnd('\n')), cancellation);
        invocation.Terminal.Say($"noted locally: release {string.Join(' ', rest)}");
        return CallEnd.Done;
    }

    public static Outcome<CallEnd> Oidc() => InJobRules.NoToken.Without(
        "an OpenID Connect token is signed by CircleCI and cannot be made on this machine",
        "give the job credentials of your own in a context");
}
