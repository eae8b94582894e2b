using Signalbox.CircleCi.Compilation.Patterns;

namespace Signalbox.CircleCi.Compilation.Expressions;

/// <summary>What an expression can be. Only `false` and the undefined are falsy: `0` and the empty string are not.</summary>
internal abstract record ExpressionValue
{
    private ExpressionValue() { }

    public static ExpressionValue True { get; } = new Truth(true);

    public static ExpressionValue False { get; } = new Truth(false);

    /// <summary>A variable that exists and has no value, such as the branch of a tag's pipeline.</summary>
    public static ExpressionValue None { get; } = new Undefined();

    public virtual bool IsTruthy => true;

    public static ExpressionValue Of(bool value) => value ? True : False;

    public sealed record Truth(bool Value) : ExpressionValue
    {
        public override bool IsTruthy => Value;
    }

    public sealed record Number(long Value) : ExpressionValue;

    public sealed record Text(string Value) : ExpressionValue;

    public sealed record Pattern(FullMatch Value) : ExpressionValue;

    public sealed record Undefined : ExpressionValue
    {
        public override bool IsTruthy => false;
    }
}
