using System.Diagnostics;

namespace Signalbox.Delivery.Environments;

/// <summary>Where an environment lives. A real account is always a deliberate word, so nothing defaults to it.</summary>
public enum Target
{
    /// <summary>An emulated AWS account on this machine.</summary>
    Sandbox,

    /// <summary>A real AWS account.</summary>
    Aws,
}

public static class TargetWords
{
    /// <summary>The word that the command line, signalbox.yml and the manifest use.</summary>
    public static string Word(this Target target) => target switch
    {
        Target.Sandbox => "sandbox",
        Target.Aws => "aws",
        _ => throw new UnreachableException(),
    };

    public static Target? Parse(string word) => word switch
    {
        "sandbox" => Target.Sandbox,
        "aws" => Target.Aws,
        _ => null,
    };
}
