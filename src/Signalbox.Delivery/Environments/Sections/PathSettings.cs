using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>Settings that point at files and folders of the repository.</summary>
internal static class PathSettings
{
    private static readonly Rule Missing = new("SB3020", Severity.Error, "A file or folder does not exist");
    private static readonly Rule NoTerraform = new("SB3021", Severity.Error, "The root folder holds no Terraform configuration");

    public static RepositoryPath? RootFolder(Setting setting)
    {
        if (Parse(setting, from: null) is not { } path)
            return null;
        switch (setting.Reading.LookUp(path))
        {
            case RepositoryEntry.Missing:
                setting.Report(Missing, $"the folder {Culprit.Quote(path.Text)} does not exist", NearestFolder(setting.Reading, path));
                return null;
            case RepositoryEntry.File:
                setting.Report(Missing, $"{Culprit.Quote(path.Text)} is a file, not a folder", "name the folder that holds the root module");
                return null;
            case RepositoryEntry.Folder:
                setting.Report(NoTerraform, $"the folder {Culprit.Quote(path.Text)} holds no `.tf` file", "name the folder that holds the root module's `.tf` files");
                return null;
            default:
                return path;
        }
    }

    /// <param name="setting">The list.</param>
    /// <param name="root">What the paths are relative to; null when it could not be read, and then nothing is looked up.</param>
    public static ValueList<RepositoryPath> VariableFiles(Setting setting, RepositoryPath? root)
    {
        var files = new List<RepositoryPath>();
        foreach (var item in setting.Items())
        {
            if (root is null || Parse(item, root) is not { } path)
                continue;
            if (item.Reading.LookUp(path) is RepositoryEntry.File or RepositoryEntry.NotLookedAt)
                files.Add(path);
            else
                item.Report(Missing, $"the file {Culprit.Quote(path.Text)} does not exist", $"create it or correct the path; it is relative to `root`, {Culprit.Quote(root.Text)}");
        }

        return [.. files];
    }

    public static ValueList<PathPattern> Patterns(Setting setting)
    {
        var patterns = new List<PathPattern>();
        foreach (var item in setting.Items())
        {
            var reading = item.Reading;
            if (item.Text() is { } text && reading.Problems.Take(PathPattern.Parse(reading.Source, item.Place, text)) is { } pattern)
                patterns.Add(pattern);
        }

        return [.. patterns];
    }

    private static RepositoryPath? Parse(Setting setting, RepositoryPath? from)
    {
        var reading = setting.Reading;
        return setting.Text() is { } text ? reading.Problems.Take(RepositoryPath.Parse(reading.Source, setting.Place, text, from)) : null;
    }

    private static string NearestFolder(SettingsReading reading, RepositoryPath path)
    {
        for (var above = path.Parent; above is { Text: not "." }; above = above.Parent)
        {
            if (reading.LookUp(above) != RepositoryEntry.Missing)
                return $"correct the path or create the folder; {Culprit.Quote(above.Text)} exists";
        }

        return "correct the path or create the folder; it is relative to signalbox.yml";
    }
}
