using System.Text;

namespace Signalbox.Sandbox.Providers;

/// <summary>The Terraform CLI configuration of every child: the mirror first, a cache, and no calls home.</summary>
internal static class TerraformConfiguration
{
    public static string Text(ProviderMirror? mirror, string pluginCache)
    {
        var text = new StringBuilder()
            .Append("# Written by signalbox at every start of the sandbox; changes are lost.\n")
            .Append("disable_checkpoint = true\n")
            .Append("plugin_cache_dir   = ").Append(Quoted(pluginCache)).Append("\n\nprovider_installation {\n");
        if (mirror is null)
            return text.Append("  direct {}\n}\n").ToString();

        var held = string.Join(", ", mirror.Providers.Select(Quoted));
        return text
            .Append("  filesystem_mirror {\n    path    = ").Append(Quoted(mirror.Folder))
            .Append("\n    include = [").Append(held).Append("]\n  }\n")
            .Append("  direct {\n    exclude = [").Append(held).Append("]\n  }\n}\n")
            .ToString();
    }

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
