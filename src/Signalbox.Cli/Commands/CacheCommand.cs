using System.CommandLine;
using Signalbox.CircleCi.Execution.Caches;
using Signalbox.CircleCi.Execution.Steps;
using Signalbox.Cli.Help;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox cache`: what `save_cache` kept on this machine, and how to be rid of it.</summary>
internal static class CacheCommand
{
    /// <summary>No save takes longer; what is older and unfinished was left by a program that was killed.</summary>
    private static readonly TimeSpan LongestSave = TimeSpan.FromHours(5);

    public static Command Create(Invocation invocation) =>
        new Command("cache", "Look at the caches that local jobs saved, and delete old ones.") { List(invocation), Prune(invocation) }.WithExamples(
            "signalbox cache list",
            "signalbox cache prune",
            "signalbox cache prune --older-than 1 --json");

    private static CacheStore Store(Invocation invocation) => new(StateFolder.Of(invocation).Caches, invocation.Clock);

    private static Command List(Invocation invocation)
    {
        var command = new Command("list", "List the caches, the newest first.");
        command.SetAction(async (parsed, cancellation) =>
        {
            Answer(parsed, invocation, await Store(invocation).List(cancellation), "saved");
            return ExitCode.Done;
        });
        return command.WithExamples(
            "signalbox cache list",
            "signalbox cache list --json",
            "signalbox cache list --json | jq '.caches | map(.bytes) | add'");
    }

    private static Command Prune(Invocation invocation)
    {
        var age = new Option<int>("--older-than")
        {
            Description = "Delete what was saved more than this many days ago",
            HelpName = "days",
            DefaultValueFactory = _ => 15,
        };
        age.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
                result.AddError("`--older-than` takes a number of days, from 0");
        });
        var command = new Command("prune", "Delete old caches and those past their retention; CircleCI keeps one for 15 days.") { age };
        command.SetAction(async (parsed, cancellation) =>
        {
            var store = Store(invocation);
            var limit = invocation.Clock.GetUtcNow() - TimeSpan.FromDays(parsed.GetValue(age));
            var old = (await store.List(cancellation)).Where(cache => cache.SavedAt < limit || store.IsExpired(cache)).ToArray();
            foreach (var cache in old)
                store.Delete(cache);
            store.DeleteUnfinished(LongestSave);
            Answer(parsed, invocation, old, "deleted");
            return ExitCode.Done;
        });
        return command.WithExamples(
            "signalbox cache prune",
            "signalbox cache prune --older-than 0",
            "signalbox cache prune --older-than 7 --json");
    }

    private static void Answer(ParseResult parsed, Invocation invocation, IReadOnlyList<SavedCache> caches, string verb)
    {
        var terminal = invocation.Terminal;
        var bytes = caches.Sum(cache => cache.Bytes);
        if (parsed.GetValue(Invocation.Json))
        {
            terminal.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("bytes", bytes);
                writer.WriteStartArray("caches");
                foreach (var cache in caches)
                {
                    writer.WriteStartObject();
                    writer.WriteString("key", cache.Key);
                    writer.WriteString("saved_at", cache.SavedAt);
                    if (cache.ExpiresAt is { } expiry)
                        writer.WriteString("expires_at", expiry);
                    writer.WriteNumber("bytes", cache.Bytes);
                    writer.WriteString("job", cache.Job);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        foreach (var cache in caches)
            terminal.Answer($"{cache.SavedAt:yyyy-MM-dd HH:mm}  {ByteSize.Text(cache.Bytes),10}  {cache.Job}  {cache.Key}");
        terminal.Answer($"{caches.Count} {(caches.Count == 1 ? "cache" : "caches")} {verb}, {ByteSize.Text(bytes)}");
    }
}
