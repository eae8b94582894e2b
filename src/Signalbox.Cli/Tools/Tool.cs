using Signalbox.Diagnostics;

namespace Signalbox.Cli.Tools;

/// <summary>A program of somebody else's that we call: one row of scripts/tools.tsv.</summary>
/// <param name="OneOf">Tools with the same word here can stand in for each other; the first that serves is used.</param>
/// <param name="Minimum">The oldest version that serves; null when any does.</param>
/// <param name="Below">The first version that is too new; null when none is known.</param>
/// <param name="Probe">The command that prints the version.</param>
/// <param name="Follows">The text right before the version in what the probe prints; empty when nothing is.</param>
internal sealed record Tool(
    string Name,
    string OneOf,
    Need Need,
    Version? Minimum,
    Version? Below,
    ValueList<string> Probe,
    string Follows,
    string Purpose,
    string Advice)
{
    /// <summary>Why this version will not do, as in "older than 1.11"; null when it will.</summary>
    public string? Objection(Version version) => this switch
    {
        { Minimum: { } minimum } when version < minimum => $"older than {minimum}",
        { Below: { } below } when version >= below => $"not below {below}",
        _ => null,
    };
}

/// <summary>What cannot be done without a tool.</summary>
internal enum Need
{
    /// <summary>The program's own work.</summary>
    Run,

    /// <summary>Building the program from its sources.</summary>
    Build,

    /// <summary>Work with images.</summary>
    Images,

    /// <summary>`./test`.</summary>
    Tests,
}
