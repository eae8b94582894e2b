using Microsoft.Extensions.FileSystemGlobbing;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform;

/// <summary>Finds the files that a plan depends on.</summary>
internal sealed class InputFiles(string repositoryFolder, string rootFolder, string dataFolder)
{
    private static readonly string[] Ignored = [".terraform/**", "**/.terraform/**", "**/*.tfstate", "**/*.tfstate.*", "**/*.tfplan", "**/tests/**", "**/*.tftest.hcl", "**/*.md"];

    /// <summary>
    /// Every file of the root module and of each module it calls (not only the `.tf`: templates, pages and packages
    /// are read too), the lock file, the variable files and what signalbox.yml adds. Relative to the repository.
    /// </summary>
    public IEnumerable<string> Find(ValueList<string> variableFiles, ValueList<string> extra) =>
        RootModule.InstalledModules(rootFolder, dataFolder).SelectMany(FilesOf)
            .Concat(variableFiles.Select(file => Path.Combine(rootFolder, file)))
            .Concat(Matching(repositoryFolder, extra, []))
            .Select(file => Path.GetRelativePath(repositoryFolder, file).Replace('\\', '/'));

    private IEnumerable<string> FilesOf(string module)
    {
        // A root that is the repository itself must not count the program's own state as its input.
        var inside = module == repositoryFolder ? [.. Ignored, ".signalbox/**", ".git/**"] : Ignored;
        return Matching(module, ["**/*"], inside);
    }

    private static IEnumerable<string> Matching(string folder, IEnumerable<string> wanted, IEnumerable<string> unwanted)
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddIncludePatterns(wanted);
        matcher.AddExcludePatterns(unwanted);
        return matcher.GetResultsInFullPath(folder);
    }
}
