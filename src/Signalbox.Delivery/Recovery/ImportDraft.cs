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
            if (orphan.InAccount == false)
                text.Append($"\n# {orphan.Address} ({orphan.Id}) is not in the account any more: the next plan makes it again.\n");
            else if (orphan.Id is null)
                text.Append($"\n# {orphan.Address} was begun, and Terraform had not said its id yet. Look whether it is in the account; if it is:\n# import {{\n#   to = {orphan.Address}\n#   id = \"…\"\n# }}\n");
            else
                text.Append(Block(orphan));
        }

        return text.ToString();
    }

    /// <summary>Bare import blocks, of orphans that have an id.</summary>
    internal static string Blocks(IEnumerable<LooseEnd> orphans) => string.Concat(orphans.Select(Block));

    private static string Block(LooseEnd orphan) => $"\nimport {{\n  to = {orphan.Address}\n  id = {Quoted(orphan.Id!)}\n}}\n";

    /// <summary>A string of HCL, in which `${` and `%{` would begin a template.</summary>
    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal)}\"";
}
