using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;
using Signalbox.Journal;

namespace Signalbox.Delivery.Verification;

/// <summary>A baseline on the disk.</summary>
public static class BaselineFile
{
    private const int CurrentFormat = 1;

    private static readonly Rule Unreadable = new("SB3302", Severity.Error, "The baseline cannot be read");
    private static readonly Rule Unwritable = new("SB3305", Severity.Error, "The baseline cannot be written");

    public static async Task<Outcome<Baseline>> Read(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var form = await JsonSerializer.DeserializeAsync(file, BaselineJson.Default.BaselineForm, cancellation);
            return form?.ToBaseline() is { } baseline
                ? baseline
                : Unreadable.Without($"{Culprit.Quote(path)} is not a baseline that this signalbox understands", "take a new one with `--write-baseline`");
        }
        catch (JsonException wrong)
        {
            return Unreadable.Without($"{Culprit.Quote(path)} is not a baseline: {wrong.Message}", "take a new one with `--write-baseline`");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Unreadable.Without($"{Culprit.Quote(path)} cannot be read: {refused.Message}", "name a file that `--write-baseline` wrote");
        }
    }

    /// <returns>Why it could not be written, or null.</returns>
    public static async Task<Diagnostic?> Write(string path, Baseline baseline, CancellationToken cancellation)
    {
        try
        {
            await DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(BaselineForm.Of(baseline, CurrentFormat), BaselineJson.Default.BaselineForm), cancellation);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Unwritable.Without($"{Culprit.Quote(path)} cannot be written: {refused.Message}", "make room or name another file");
        }
    }

    /// <summary>The file's shape.</summary>
    internal sealed record BaselineForm(
        int Format, string Environment, string Target, DateTimeOffset TakenAt, string? Plan, string Expected, IReadOnlyList<EndpointForm> Endpoints)
    {
        public static BaselineForm Of(Baseline baseline, int format) => new(
            format, baseline.Environment, baseline.Target.Word(), baseline.TakenAt, baseline.Plan, baseline.Expected.Word(),
            [.. baseline.Endpoints.Select(EndpointForm.Of)]);

        /// <summary>Null when a word in it is not known.</summary>
        public Baseline? ToBaseline()
        {
            var endpoints = Endpoints.Select(endpoint => endpoint.ToEndpoint()).ToArray();
            return Format == CurrentFormat && TargetWords.Parse(Target) is { } target && ExpectedStateWords.Parse(Expected) is { } expected && !endpoints.Contains(null)
                ? new Baseline(Environment, target, TakenAt, Plan, expected, [.. endpoints.OfType<BaselineEndpoint>()])
                : null;
        }
    }

    /// <param name="Seen">`as_expected`, `wrong` or `unseen`.</param>
    internal sealed record EndpointForm(string Name, string Seen, string? Hop, string? Message, string? Resource, DateTimeOffset? HealthySince)
    {
        public static EndpointForm Of(BaselineEndpoint endpoint)
        {
            var since = endpoint.Sight.HealthySince;
            return endpoint.Sight.Seen switch
            {
                Sight.Wrong { Failure: var failure } => new(endpoint.Name, "wrong", failure.Hop.Word(), failure.Message, failure.Resource, since),
                Sight.Unseen unseen => new(endpoint.Name, "unseen", Hop: null, unseen.Why, Resource: null, since),
                _ => new(endpoint.Name, "as_expected", Hop: null, Message: null, Resource: null, since),
            };
        }

        public BaselineEndpoint? ToEndpoint()
        {
            Sight? sight = Seen switch
            {
                "as_expected" => new Sight.AsExpected(),
                "wrong" when HopWords.Parse(Hop) is { } hop => new Sight.Wrong(new HopFailure(hop, Message ?? "", Resource)),
                "unseen" => new Sight.Unseen(Message ?? ""),
                _ => null,
            };
            return sight is null ? null : new BaselineEndpoint(Name, new EarlierSight(sight, HealthySince));
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(BaselineFile.BaselineForm))]
internal sealed partial class BaselineJson : JsonSerializerContext;
