using System.Text.Json;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register;

/// <summary>Reads one entry; the order of members does not matter here, because a checked entry is spelt again and compared.</summary>
internal struct RegisterEntryReader
{
    /// <summary>In milliseconds: what a <see cref="TimeSpan"/> can hold.</summary>
    public const long LongestDuration = long.MaxValue / TimeSpan.TicksPerMillisecond;

    private string? _evidence;
    private string? _name;
    private string? _commit;
    private string? _environment;
    private string? _hash;
    private string? _job;
    private string? _outcome;
    private string? _previous;
    private string? _run;
    private DateTimeOffset? _at;
    private TimeSpan? _duration;
    private EntryKind? _kind;
    private PlanDigest? _plan;
    private long? _sequence;
    private Target? _target;
    private ValueList<string>? _findings;
    private ValueList<RegisterFact>? _facts;

    /// <returns>Null when something that every entry has is missing, or something unknown is there.</returns>
    public static RegisterEntry? Read(ref Utf8JsonReader json)
    {
        var entry = default(RegisterEntryReader);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!entry.Member(ref json))
                return null;
        }

        return json.TokenType == JsonTokenType.EndObject && !json.Read() ? entry.Whole() : null;
    }

    private readonly RegisterEntry? Whole()
    {
        if (_at is not { } at || _sequence is not { } sequence || _kind is not { } kind || _target is not { } target
            || _previous is null || _hash is null || _name is null || _evidence is null)
        {
            return null;
        }

        var note = new RegisterNote
        {
            Kind = kind,
            Environment = _environment,
            Target = target,
            Actor = new Actor(_name, _evidence),
            Commit = _commit,
            Run = _run,
            Job = _job,
            Plan = _plan,
            Findings = _findings ?? [],
            Outcome = _outcome,
            Duration = _duration,
            Facts = _facts ?? [],
        };
        return new RegisterEntry(sequence, at, note, _previous, _hash);
    }

    private bool Member(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("actor"u8))
            return Actor(ref json);
        if (json.ValueTextEquals("at"u8))
            return Set(ref _at, RegisterJson.TryParseStamp(Text(ref json), out var at) ? at : null);
        if (json.ValueTextEquals("commit"u8))
            return Set(ref _commit, Text(ref json));
        if (json.ValueTextEquals("duration_ms"u8))
            return Set(ref _duration, Number(ref json) is { } milliseconds and <= LongestDuration ? TimeSpan.FromMilliseconds(milliseconds) : null);
        if (json.ValueTextEquals("environment"u8))
            return Set(ref _environment, Text(ref json));
        if (json.ValueTextEquals("facts"u8))
            return Facts(ref json);
        if (json.ValueTextEquals("findings"u8))
            return Findings(ref json);
        if (json.ValueTextEquals("hash"u8))
            return Set(ref _hash, Hash(ref json));
        if (json.ValueTextEquals("job"u8))
            return Set(ref _job, Text(ref json));
        if (json.ValueTextEquals("kind"u8))
            return Set(ref _kind, EntryKinds.Parse(Text(ref json)));
        if (json.ValueTextEquals("outcome"u8))
            return Set(ref _outcome, Text(ref json));
        if (json.ValueTextEquals("plan"u8))
            return Set(ref _plan, PlanDigest.Parse(Text(ref json)));
        if (json.ValueTextEquals("previous"u8))
            return Set(ref _previous, Hash(ref json));
        if (json.ValueTextEquals("run"u8))
            return Set(ref _run, Text(ref json));
        if (json.ValueTextEquals("sequence"u8))
            return Set(ref _sequence, Number(ref json));
        return json.ValueTextEquals("target"u8) && Set(ref _target, TargetWords.Parse(Text(ref json)));
    }

    private bool Actor(ref Utf8JsonReader json)
    {
        if (!Opens(ref json, JsonTokenType.StartObject))
            return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("evidence"u8) ? !Set(ref _evidence, Text(ref json)) : !json.ValueTextEquals("name"u8) || !Set(ref _name, Text(ref json)))
                return false;
        }

        return true;
    }

    private bool Facts(ref Utf8JsonReader json)
    {
        if (!Opens(ref json, JsonTokenType.StartObject))
            return false;
        var facts = new List<RegisterFact>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            facts.Add(new RegisterFact(name, Text(ref json)));
        }

        return Set(ref _facts, [.. facts]);
    }

    private bool Findings(ref Utf8JsonReader json)
    {
        if (!Opens(ref json, JsonTokenType.StartArray))
            return false;
        var findings = new List<string>();
        while (json.Read() && json.TokenType == JsonTokenType.String)
            findings.Add(json.GetString()!);
        return json.TokenType == JsonTokenType.EndArray && Set(ref _findings, [.. findings]);
    }

    private static bool Opens(ref Utf8JsonReader json, JsonTokenType bracket) => json.Read() && json.TokenType == bracket;

    private static string Text(ref Utf8JsonReader json) =>
        json.Read() && json.TokenType == JsonTokenType.String ? json.GetString()! : throw new JsonException("text is missing");

    private static string? Hash(ref Utf8JsonReader json) => Text(ref json) is var hash && RegisterJson.IsHash(hash) ? hash : null;

    private static long? Number(ref Utf8JsonReader json) =>
        json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number) && number >= 0 ? number : null;

    /// <returns>False when the value is not understood, or the member came before.</returns>
    private static bool Set<T>(ref T? member, T? value)
    {
        if (value is null || member is not null)
            return false;
        member = value;
        return true;
    }
}
