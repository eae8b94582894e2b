using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform;

/// <summary>The buckets in which a repository's environments keep their state; a sandbox must have them before init.</summary>
public static class DeclaredStateBuckets
{
    public static Outcome<ValueList<string>> In(string repositoryFolder)
    {
        if (!SignalboxFile.Read(repositoryFolder).Succeeded(out var file, out var problems))
            return new Outcome<ValueList<string>>.Failure(problems);
        var buckets = file.Environments
            .Select(environment => RootModule.Read(environment.RootFolder.In(repositoryFolder)).StateBucket())
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
        return (ValueList<string>)[.. buckets];
    }
}
