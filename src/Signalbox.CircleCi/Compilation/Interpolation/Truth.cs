using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation.Interpolation;

/// <summary>The truth of logic statements and sections: false, nothing, zero, NaN and the empty are falsy.</summary>
/// <remarks>Expressions have another one, where zero and the empty text are truthy.</remarks>
internal static class Truth
{
    public static bool Of(YamlNode value) => value switch
    {
        YamlNode.Scalar { Type: ScalarType.Null } => false,
        YamlNode.Scalar { Type: ScalarType.Boolean } boolean => boolean.IsTrue,
        YamlNode.Scalar { Type: ScalarType.WholeNumber } number => number.WholeNumber != 0,
        YamlNode.Scalar { Type: ScalarType.Fraction } fraction => !IsZeroOrNan(fraction.Text),
        YamlNode.Scalar text => text.Text.Length > 0,
        YamlNode.Sequence list => list.Items.Length > 0,
        YamlNode.Mapping mapping => mapping.Entries.Length > 0,
        _ => true,
    };

    private static bool IsZeroOrNan(string fraction) =>
        fraction.EndsWith("nan", StringComparison.OrdinalIgnoreCase) || !fraction.Split('e', 'E')[0].AsSpan().ContainsAnyInRange('1', '9') && !fraction.Contains("inf", StringComparison.OrdinalIgnoreCase);
}
