using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation.Workflows;

/// <summary>Stands for a job of an orb that is missing: the graph stays whole, and running it fails and says why.</summary>
internal static class MissingOrbJob
{
    public static Element Of(YamlNode.Scalar at, ElementScope scope)
    {
        var command = YamlNode.Scalar.OfText(at, $"echo 'The orb of {at.Text.Replace("'", "", StringComparison.Ordinal)} is missing' >&2; exit 1");
        var run = YamlNode.Mapping.At(at, [YamlEntry.Of("run", YamlNode.Mapping.At(at, [YamlEntry.Of("command", command)]))]);
        var image = YamlNode.Mapping.At(at, [YamlEntry.Of("image", YamlNode.Scalar.OfText(at, "cimg/base:current"))]);
        var body = YamlNode.Mapping.At(at,
        [
            YamlEntry.Of("docker", YamlNode.Sequence.At(at, [image])),
            YamlEntry.Of("steps", YamlNode.Sequence.At(at, [run])),
        ]);
        return new Element(at.Text, at, body, scope) { Declarations = Parameters.ParameterDeclarations.Anything };
    }
}
