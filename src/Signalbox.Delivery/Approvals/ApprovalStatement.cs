using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Approvals;

/// <summary>What an approver signs: yes to one plan, for one environment, until then.</summary>
/// <param name="Nonce">Makes each statement another one, so that a signature counts once.</param>
/// <param name="BreakGlass">Why the rules are set aside; null for an ordinary approval.</param>
public sealed record ApprovalStatement(PlanDigest Plan, string Environment, Target Target, string Approver, DateTimeOffset ExpiresAt, string Nonce, string? BreakGlass)
{
    /// <summary>A signature that was made for anything else does not verify.</summary>
    public const string Namespace = "signalbox-approval";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>A new statement, its texts as the register will keep them: it must spell the same when it is read there.</summary>
    public static ApprovalStatement New(PlanDigest plan, string environment, Target target, string approver, DateTimeOffset expiresAt, string? breakGlass) =>
        new(plan, environment, target, RegisterText.Of(approver), expiresAt, RandomNumberGenerator.GetHexString(32, lowercase: true), breakGlass is null ? null : RegisterText.Of(breakGlass));

    /// <summary>The bytes that are signed: canonical JSON, members in the order of their names.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(
        new SignedStatement(Approver, BreakGlass, Environment, Stamp, Nonce, Plan.Hex, Target.Word()),
        StatementJson.Default.SignedStatement);

    /// <summary>Everything that is needed to make the signed bytes again, and the signature in one line.</summary>
    public RegisterNote ToNote(string signature, string? commit)
    {
        var origin = new NoteOrigin(Environment, Target, new Actor(Approver, ApprovalStrength.Signature.Evidence())) { Commit = commit };
        return origin.Note(BreakGlass is null ? EntryKind.Approved : EntryKind.BrokeGlass) with
        {
            Plan = Plan,
            Outcome = BreakGlass is null ? null : $"BREAK GLASS: {BreakGlass.ToUpperInvariant()}",
            Facts =
            [
                new("expires_at", Stamp),
                new("nonce", Nonce),
                new("signature", signature),
                .. BreakGlass is null ? (ValueList<RegisterFact>)[] : [new("reason", BreakGlass)],
            ],
        };
    }

    /// <summary>What an entry says was signed, and the signature; null when it is no signed approval.</summary>
    public static (ApprovalStatement Statement, string Signature)? Of(RegisterEntry entry)
    {
        var note = entry.Note;
        if (note.Plan is not { } plan || note.Environment is not { } environment || Fact(note, "nonce") is not { } nonce || Fact(note, "signature") is not { } signature
            || !DateTimeOffset.TryParseExact(Fact(note, "expires_at"), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires))
        {
            return null;
        }

        var reason = note.Kind == EntryKind.BrokeGlass ? Fact(note, "reason") ?? "" : null;
        return (new ApprovalStatement(plan, environment, note.Target, note.Actor.Name, expires, nonce, reason), signature);
    }

    private string Stamp => ExpiresAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string? Fact(RegisterNote note, string name) => note.Facts.FirstOrDefault(fact => fact.Name == name)?.Value;
}

internal sealed record SignedStatement(string Approver, string? BreakGlass, string Environment, string ExpiresAt, string Nonce, string Plan, string Target);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SignedStatement))]
internal sealed partial class StatementJson : JsonSerializerContext;
