using System.Text;

namespace Signalbox.Delivery.Recovery;

/// <summary>Import blocks that would adopt what an apply made and the state does not know.</summary>
public static class ImportDraft
{
    public const string FileName = "signalbox-adopt.tf";

    public static string Text(CutShortApply apply, string plan)
    {
        var text = new StringBuilder($"# Adopts what the apply of plan {plan} made before it was cut short. Plan, read and approve it like any change;\n# take the file out again once it is applied.\n");
        foreach (var orphan in apply.Orphans)
        {
            if (orphan.Id is { } id)
                text.Append($"\nimport {{\n  to = {orphan.Address}\n  id = {Quoted(id)}\n}}\n");
            else
                text.Append($"\n# {orphan.Address} was begun, and Terraform had not said its id yet. Look whether it is in the account; if it is:\n# import {{\n#   to = {orphan.Address}\n#   id = \"…\"\n# }}\n");
        }

        return text.ToString();
    }

    /// <summary>A string of HCL, in which `${` and `%{` would begin a template.</summary>
    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal)}\"";
}
