using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Linting;

/// <summary>The names that CircleCI's schema allows. Others compile here, and may be refused there.</summary>
internal static class NameRules
{
    private static readonly Rule OddName = new("SB1137", Severity.Warning, "A name is not one that CircleCI's schema allows");

    public static void OfElement(Element element, string kind, CompilationReport report)
    {
        var isGood = kind == "job"
            ? element.Name is [>= 'a' and <= 'z' or >= 'A' and <= 'Z', ..] && element.Name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' || char.IsWhiteSpace(character))
            : IsLower(element.Name);
        if (!isGood)
            report.Add(OddName, element.Key, $"{Culprit.Quote(element.Name)} is an unusual name for {(kind == "executor" ? "an" : "a")} {kind}", kind == "job" ? "begin with a letter; letters, digits, spaces, `-` and `_` may follow" : "begin with a small letter; small letters, digits, `-` and `_` may follow");

        if (element.Body["parameters"] is not YamlNode.Mapping parameters)
            return;
        foreach (var parameter in parameters.Entries.Where(parameter => !IsLower(parameter.Name)))
            report.Add(OddName, parameter.Key, $"{Culprit.Quote(parameter.Name)} is an unusual name for a parameter", "begin with a small letter; small letters, digits, `-` and `_` may follow");
    }

    private static bool IsLower(string name) =>
        name is [>= 'a' and <= 'z', ..] && name.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_');
}
