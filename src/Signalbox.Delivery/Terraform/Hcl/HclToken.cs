namespace Signalbox.Delivery.Terraform.Hcl;

internal enum HclTokenKind
{
    /// <summary>A name, a keyword or a number.</summary>
    Word,

    /// <summary>A quoted string or a heredoc, with everything interpolated in it.</summary>
    Text,

    /// <summary>One character of punctuation.</summary>
    Mark,
    NewLine,
    End,
}

/// <summary>A piece of an HCL file; comments and blanks are between pieces.</summary>
internal readonly record struct HclToken(HclTokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;
}
