using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform;

/// <summary>
/// One state belongs to one environment. When two keep theirs in the same place, because a root module was declared twice or
/// copied with its backend, what is applied to one changes or destroys the other, past the other's approvals, leases and
/// park intent.
/// </summary>
public static class SharedState
{
    /// <param name="target">Only environments that can be delivered there meet each other.</param>
    /// <returns>The problem, or null. Backends whose place the files do not say in plain words are not compared.</returns>
    public static Diagnostic? Of(DeclaredEnvironment environment, Target target, SignalboxFile file, string repositoryFolder)
    {
        var others = file.Environments.Where(other => other.Name != environment.Name && other.For(target).Succeeded(out _, out _)).ToArray();
        if (others.Length == 0 || Place(environment, repositoryFolder) is not { } place)
            return null;
        var other = Array.Find(others, other => Place(other, repositoryFolder) == place);
        return other is null
            ? null
            : TerraformRules.StateIsShared.At(
                environment.Place.Source,
                environment.Place.Span,
                $"{Culprit.Quote(environment.Name.Text)} and {Culprit.Quote(other.Name.Text)} keep their state in the same place, {place}",
                "give each a root module with a backend of its own: whatever is applied to one is applied to the other");
    }

    private static string? Place(DeclaredEnvironment environment, string repositoryFolder) =>
        StateLocation.Of(environment.RootFolder.In(repositoryFolder)) switch
        {
            StateLocation.S3 s3 => $"s3://{s3.Bucket}/{s3.Key}",
            StateLocation.Local local => Path.GetRelativePath(repositoryFolder, local.Path),
            _ => null,
        };
}
