using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Sandbox;

namespace Signalbox.Cli.Commands;

/// <summary>What `up`, `reset` and `status` answer. State is one of up, down, dead, starting, silent.</summary>
internal sealed record SandboxAnswer(string State)
{
    public string? Endpoint { get; init; }

    /// <summary>Where the account's hostnames answer over HTTPS; null when nothing answers for them.</summary>
    public string? Edge { get; init; }

    /// <summary>The certificate authority, as PEM, that the edge's certificates are of.</summary>
    public string? EdgeAuthority { get; init; }

    public string? EdgeLogFile { get; init; }

    /// <summary>Where images are pushed and pulled; null when there is no registry.</summary>
    public string? Registry { get; init; }

    public string? RegistryLogFile { get; init; }

    public string? AccountId { get; init; }

    public string? Region { get; init; }

    public int? ProcessId { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The provider mirror's folder; null when Terraform fetches every provider itself.</summary>
    public string? Mirror { get; init; }

    public string? LogFile { get; init; }

    public bool? WasAlreadyUp { get; init; }

    /// <summary>False when another version of this program started the emulator.</summary>
    public bool? IsOfThisBuild { get; init; }

    public static SandboxAnswer Of(RunningSandbox sandbox)
    {
        sandbox.Edge.Succeeded(out var edge, out _);
        sandbox.Registry.Succeeded(out var registry, out _);
        return OfAccount(sandbox) with
        {
            Edge = edge is null ? null : $"https://{edge.Endpoint}",
            EdgeAuthority = edge?.AuthorityFile,
            EdgeLogFile = edge?.LogFile,
            Registry = registry?.Address.GetLeftPart(UriPartial.Authority),
            RegistryLogFile = registry?.LogFile,
        };
    }

    public static SandboxAnswer Of(SandboxStatus status) => status switch
    {
        SandboxStatus.Up up => Of(up.Sandbox),
        SandboxStatus.Down => new("down"),
        SandboxStatus.Dead dead => new("dead") { ProcessId = dead.ProcessId },
        SandboxStatus.Starting starting => new("starting") { ProcessId = starting.ProcessId },
        SandboxStatus.Silent silent => new("silent") { ProcessId = silent.ProcessId },
        _ => throw new UnreachableException(),
    };

    public static string Json(SandboxAnswer answer) => JsonSerializer.Serialize(answer, SandboxJson.Default.SandboxAnswer);

    public void Write(Terminal terminal, string heading, bool asJson)
    {
        if (asJson)
        {
            terminal.Answer(Json(this));
            return;
        }

        terminal.Answer(heading);
        terminal.Answer($"  endpoint  {Endpoint}");
        terminal.Answer($"  registry  {Registry ?? "none: images cannot be pushed or pulled"}");
        terminal.Answer($"  edge      {Edge ?? "none: `signalbox sandbox up` starts it"}");
        terminal.Answer($"  account   {AccountId}");
        terminal.Answer($"  region    {Region}");
        terminal.Answer($"  mirror    {Mirror ?? "none: Terraform fetches its providers"}");
        terminal.Answer($"  log       {LogFile}");
        if (IsOfThisBuild == false)
            terminal.Say("note: another build of signalbox started it; `signalbox sandbox reset` replaces it and its account");
    }

    private static SandboxAnswer OfAccount(RunningSandbox sandbox) => new("up")
    {
        Endpoint = sandbox.Endpoint.GetLeftPart(UriPartial.Authority),
        AccountId = sandbox.AccountId,
        Region = sandbox.Region,
        ProcessId = sandbox.ProcessId,
        StartedAt = sandbox.StartedAt,
        Mirror = sandbox.Mirror?.Folder,
        LogFile = sandbox.LogFile,
        WasAlreadyUp = sandbox.WasAlreadyUp,
        IsOfThisBuild = sandbox.IsOfThisBuild,
    };
}

/// <param name="EndedProcessId">Null when nothing was running.</param>
internal sealed record SandboxEndAnswer(int? EndedProcessId);

internal sealed record SandboxShellAnswer(Dictionary<string, string> Set, IReadOnlyList<string> Unset);

/// <param name="Size">In bytes.</param>
internal sealed record SandboxSnapshotAnswer(string Name, DateTimeOffset CreatedAt, string Sha256, long Size);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(SandboxAnswer))]
[JsonSerializable(typeof(SandboxEndAnswer))]
[JsonSerializable(typeof(SandboxShellAnswer))]
[JsonSerializable(typeof(SandboxSnapshotAnswer))]
internal sealed partial class SandboxJson : JsonSerializerContext;
