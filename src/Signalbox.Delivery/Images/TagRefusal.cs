namespace Signalbox.Delivery.Images;

/// <summary>Recognises in a program's words that a tag was taken, however ECR says it.</summary>
/// <remarks>
/// The registry says one of two sentences, of the repository or of the tag; the API throws one of two exceptions, for
/// other and for the same content. Programs put their own words around them.
/// </remarks>
public static class TagRefusal
{
    private static readonly string[] Exceptions = ["ImageTagAlreadyExistsException", "ImageAlreadyExistsException"];

    public static bool IsIn(string text) =>
        Array.Exists(Exceptions, name => text.Contains(name, StringComparison.Ordinal))
        || (text.Contains("already exists in the '", StringComparison.Ordinal)
            && text.Contains("cannot be overwritten because the ", StringComparison.Ordinal)
            && text.Contains(" is immutable", StringComparison.Ordinal));
}
