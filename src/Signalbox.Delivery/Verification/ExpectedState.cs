using System.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>Which of an endpoint's two expectations holds; the environment's park intent decides.</summary>
public enum ExpectedState
{
    Live,
    Parked,
}

public static class ExpectedStateWords
{
    public static string Word(this ExpectedState state) => state switch
    {
        ExpectedState.Live => "live",
        ExpectedState.Parked => "parked",
        _ => throw new UnreachableException(),
    };

    public static ExpectedState? Parse(string? word) => word switch
    {
        "live" => ExpectedState.Live,
        "parked" => ExpectedState.Parked,
        _ => null,
    };
}
