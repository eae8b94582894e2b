using System.Text.Json;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Guard.Rules;
using Signalbox.Delivery.Parking;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>Takes the pieces of a plan as they come by and becomes a <see cref="PlanReading"/> at the end.</summary>
internal sealed class PlanCollector(GuardPolicy policy)
{
    private readonly SensitiveValues _secrets = new();
    private readonly ChangeCollector _changes = new();
    private readonly OutputCollector _outputs = new();
    private readonly Dictionary<string, JsonElement> _variables = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];
    private readonly List<string> _drift = [];
    private readonly List<ChangeFingerprint> _fingerprints = [];
    private readonly MovementGuard? _movement = policy.Movement is { } movement ? new MovementGuard(movement, policy) : null;
    private readonly List<PlannedImage> _images = [];
    private readonly List<string> _newRepositories = [];
    private string _terraformVersion = "";
    private bool _errored;
    private bool _complete = true;
    private bool? _applyable;

    public bool HasFormat { get; private set; }

    /// <summary>Why nothing of this plan can be trusted to mean what we think it means.</summary>
    public Diagnostic? ForeignFormat { get; private set; }

    public void Take(PlanPiece piece, string name, JsonElement json)
    {
        if (ForeignFormat is not null)
            return;

        switch (piece)
        {
            case PlanPiece.FormatVersion:
                TakeFormat(json.Text ?? json.GetRawText());
                break;
            case PlanPiece.TerraformVersion:
                _terraformVersion = EscapedText.Safe(json.Text ?? "");
                break;
            case PlanPiece.Errored:
                _errored = json.IsTrue;
                break;
            case PlanPiece.Complete:
                _complete = json.IsTrue;
                break;
            case PlanPiece.Applyable:
                _applyable = json.IsTrue;
                break;
            case PlanPiece.ResourceChange:
                TakeChange(ResourceChange.Read(json));
                break;
            case PlanPiece.ResourceDrift:
                TakeDrift(ResourceChange.Read(json));
                break;
            case PlanPiece.OutputChange:
                _outputs.Change(name, json, _secrets);
                break;
            case PlanPiece.Output:
                _outputs.Value(name, json, _secrets);
                break;
            case PlanPiece.StateResource:
                _secrets.Add(json.Member("values"), json.Member("sensitive_values"));
                break;
            case PlanPiece.Variable:
                _variables[name] = json.Member("value").Clone();
                break;
            case PlanPiece.VariableDeclaration when json.Member("sensitive").IsTrue:
                _secrets.AddAll(_variables.GetValueOrDefault(name));
                _secrets.AddAll(json.Member("default"));
                break;
        }
    }

    public PlanReading Finish()
    {
        var secrets = _secrets.ToList();
        var scrubber = new SecretScrubber(secrets);
        var summary = new PlanSummary
        {
            TerraformVersion = _terraformVersion,
            Counts = _changes.Counts,
            Changes = _changes.Finish(scrubber),
            Outputs = _outputs.Changed(scrubber),
            Drift = [.. _drift.Order(StringComparer.Ordinal)],
            Errored = _errored,
            Complete = _complete,
        };
        var outputs = _outputs.All(scrubber);
        _findings.AddRange(PlanGuard.JudgeWhole(summary));
        _findings.AddRange(_movement?.Findings(outputs) ?? []);
        return new PlanReading
        {
            Summary = summary,
            Findings = PlanGuard.InOrder(_findings.Select(finding => finding with { Message = EscapedText.Safe(scrubber.Scrub(finding.Message)) })),
            SensitiveValues = secrets,
            Images = [.. _images],
            NewRepositories = [.. _newRepositories],
            Outputs = outputs,
            Fingerprints = [.. _fingerprints.Concat(_outputs.Fingerprints).OrderBy(fingerprint => fingerprint.Name, StringComparer.Ordinal)],
            Movement = _movement?.Finish(),
            Applyable = _applyable ?? summary.HasChanges,
        };
    }

    private void TakeFormat(string version)
    {
        HasFormat = true;
        if (version.Split('.')[0] == "1")
            return;
        ForeignFormat = PlanReader.OtherFormat.Without(
            $"the plan's JSON has format version `{EscapedText.Safe(version)}`; only 1.x is understood",
            "use a Terraform from 1.5 up to the newest this Signalbox knows, or update Signalbox");
    }

    private void TakeChange(ResourceChange change)
    {
        _secrets.AddFrom(change);
        _movement?.Take(change);
        if (change.Action == PlannedAction.None)
            return;
        _changes.Add(change);
        _fingerprints.Add(ChangeFingerprint.Of(change));
        if (!change.IsManaged)
            return;
        _findings.AddRange(PlanGuard.Judge(change, policy).Where(finding => _movement?.Expects(finding, change) is not true));
        _images.AddRange(ImageReferences.Named(change).Select(image => new PlannedImage(EscapedText.Safe(change.Address), image)));
        if (change is { Action: PlannedAction.Create, Type: "aws_ecr_repository" } && change.After.Member("name").Text is { } repository)
            _newRepositories.Add(repository);
    }

    private void TakeDrift(ResourceChange change)
    {
        _secrets.AddFrom(change);
        _movement?.TakeDrift(change);
        _drift.Add(EscapedText.Safe(change.Address));
    }
}
