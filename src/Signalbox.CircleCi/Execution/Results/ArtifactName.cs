namespace Signalbox.CircleCi.Execution.Results;

/// <summary>
/// What an artifact is called: without a destination its full path, else the destination and its path below what was
/// stored ("Storing build artifacts"). A name never leads out of the folder of artifacts.
/// </summary>
internal static class ArtifactName
{
    /// <param name="stored">The absolute path that the step names.</param>
    /// <param name="below">The file's path below it; empty when the step names the file itself.</param>
    public static string Of(string? destination, string stored, string below)
    {
        var name = string.IsNullOrEmpty(destination) ? $"{stored}/{below}" : $"{destination}/{below}";
        var parts = new List<string>();
        foreach (var part in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is "..")
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            else if (part is not ".")
                parts.Add(part);
        }

        return parts.Count == 0 ? "artifact" : string.Join('/', parts);
    }
}
