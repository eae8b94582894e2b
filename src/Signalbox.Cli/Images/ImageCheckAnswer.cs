using System.Text.Json;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Images;

/// <summary>What `image check` found, for people and programs.</summary>
internal static class ImageCheckAnswer
{
    public static void Show(Terminal terminal, ValueList<FamilyCheck> checks)
    {
        var width = checks.Count == 0 ? 0 : checks.Max(check => check.Family.Name.Length);
        foreach (var check in checks)
        {
            terminal.Answer($"{check.Family.Name.PadRight(width)}  {check.Family.Repository}:{check.Tag}  {Painted(terminal, check.Check)}");
            foreach (var rollout in check.Rollouts)
                terminal.Answer($"{new string(' ', width)}    {rollout.Deployment.Name}: {rollout.Word} ({rollout.Deployment.TaskDefinition}{Tasks(rollout.Deployment)})");
        }
    }

    public static void Write(Utf8JsonWriter writer, ValueList<FamilyCheck> checks, ValueList<Diagnostic> wrong)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", wrong.Count == 0);
        writer.WriteStartArray("images");
        foreach (var check in checks)
            Write(writer, check);
        writer.WriteEndArray();
        writer.WritePropertyName("problems");
        DiagnosticJson.Write(writer, wrong);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, FamilyCheck check)
    {
        writer.WriteStartObject();
        writer.WriteString("family", check.Family.Name);
        writer.WriteString("repository", check.Family.Repository);
        writer.WriteString("tag", check.Tag);
        writer.WriteString("state", check.Check switch
        {
            PinnedImageCheck.Proven => "proven",
            PinnedImageCheck.NotHere => "not_here",
            _ => "wrong",
        });
        if (check.Check is PinnedImageCheck.Proven { Image: var image })
        {
            writer.WriteString("digest", image.Image.Image.Digest.Text);
            ImageJson.WriteDescription(writer, image.Description);
        }

        writer.WriteStartArray("rollouts");
        foreach (var rollout in check.Rollouts)
        {
            writer.WriteStartObject();
            writer.WriteString("name", rollout.Deployment.Name);
            writer.WriteString("task_definition", rollout.Deployment.TaskDefinition);
            writer.WriteString("image", rollout.Image.ToString());
            writer.WriteString("state", rollout.Word.Replace(' ', '_'));
            writer.WriteNumber("running_tasks", rollout.Deployment.Running);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Painted(Terminal terminal, PinnedImageCheck check) => check switch
    {
        PinnedImageCheck.Proven { Image: { Description: var description } image } => terminal.Paint(
            Colour.Green,
            $"ok: {image.Image.Image.Digest.Abbreviated}, {string.Join(", ", description.Platforms)}{(description.IsStandIn ? ", on a stand-in" : "")}"),
        PinnedImageCheck.NotHere { Why: var why } => terminal.Paint(Colour.Yellow, $"not checked: {why}"),
        _ => terminal.Paint(Colour.Red, "wrong"),
    };

    private static string Tasks(Deployment deployment) =>
        deployment.Service is null ? "" : $", {deployment.Running} of {deployment.Wanted} running";
}
