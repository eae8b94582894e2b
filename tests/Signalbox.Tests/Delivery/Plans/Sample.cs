using System.Security.Cryptography;
using System.Text;
using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Tests.Delivery.Plans;

/// <summary>One plan, and circumstances in which it may be applied; tests change one thing.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    public static readonly string Commit = new('c', 40);

    public static readonly PlanInputs Inputs = new([new PlanInput("infra/main.tf", new string('a', 64)), new PlanInput("infra/lock.hcl", new string('b', 64))]);

    public static PlanManifest Manifest => new()
    {
        Format = PlanManifest.CurrentFormat,
        Environment = "prod",
        Target = "sandbox",
        Account = "123456789012",
        Root = "infra/envs/prod",
        Commit = Commit,
        Dirty = false,
        InputsDigest = Inputs.Digest,
        Inputs = [.. Inputs.Files.Select(file => new ManifestInput(file.Path, file.Sha256))],
        Terraform = new ManifestTool("Terraform", "1.11.4"),
        Providers = [new ManifestTool("registry.terraform.io/hashicorp/aws", "5.100.0")],
        Backend = "s3://state/prod",
        StateLineage = "lineage",
        StateSerial = 7,
        ParkIntent = "unparked",
        Verdict = "hold",
        Findings = [],
        Author = "Ada <ada@example.org>",
        CreatedAt = Noon,
        ExpiresAt = Noon.AddHours(24),
    };

    public static ApplyCircumstances Circumstances => new(
        "prod",
        Target.Sandbox,
        "123456789012",
        Commit,
        new ToolVersion("Terraform", "1.11.4"),
        new Configuration(Inputs, [new ToolVersion("registry.terraform.io/hashicorp/aws", "5.100.0")], "s3://state/prod"),
        Noon.AddHours(1),
        ApprovalRequired: true);

    public static PlanContents Contents => new("terraform's plan"u8.ToArray(), "{}"u8.ToArray(), ["hunter2!"], []);

    public static PlanKey Key(string seed = "key") => PlanKey.Of(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    public static OpenedPlan Opened(PlanManifest manifest) => Value(SealedPlan.Seal(manifest, Contents, Key()).Open(Key()));

    public static Approval ApprovalOf(OpenedPlan plan) => new(plan.Digest, "ada", Noon);

    public static T Value<T>(Outcome<T> outcome) =>
        outcome.Succeeded(out var value, out var problems) ? value : throw new Xunit.Sdk.XunitException(string.Join('\n', problems.Select(problem => DiagnosticText.Render(problem))));

    public static ValueList<Diagnostic> Problems<T>(Outcome<T> outcome) =>
        outcome.Succeeded(out _, out var problems) ? throw new Xunit.Sdk.XunitException("succeeded, and should not have") : problems;
}
