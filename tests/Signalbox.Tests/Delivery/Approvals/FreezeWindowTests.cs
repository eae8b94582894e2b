using Signalbox.Delivery.Approvals;
using Xunit;

namespace Signalbox.Tests.Delivery.Approvals;

public sealed class FreezeWindowTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Theory]
    [InlineData("2026-01-09T15:59:59Z", false)]
    [InlineData("2026-01-09T16:00:00Z", true)]
    [InlineData("2026-01-11T12:00:00Z", true)]
    [InlineData("2026-01-12T07:59:59Z", true)]
    [InlineData("2026-01-12T08:00:00Z", false)]
    [InlineData("2026-07-10T15:00:00Z", true)] // 16:00 in London's summer
    [InlineData("2026-07-13T07:00:00Z", false)]
    public void A_weekend_is_frozen_by_the_clock_of_its_zone(string now, bool holds) =>
        Assert.Equal(holds, FreezeWindow.Parse("Fri 16:00", "Mon 08:00", London)!.Holds(DateTimeOffset.Parse(now)));

    [Theory]
    [InlineData("2026-12-20T17:59:00Z", false)]
    [InlineData("2026-12-20T18:00:00Z", true)]
    [InlineData("2027-01-01T23:59:00Z", true)]
    [InlineData("2027-01-02T00:00:00Z", false)]
    public void A_holiday_is_frozen_once(string now, bool holds) =>
        Assert.Equal(holds, FreezeWindow.Parse("2026-12-20 18:00", "2027-01-02", London)!.Holds(DateTimeOffset.Parse(now)));

    [Theory]
    [InlineData("Fri 16:00", "2027-01-02")]
    [InlineData("Fri 16:00", "Fri 16:00")]
    [InlineData("Friday", "Monday")]
    [InlineData("2027-01-02", "2026-12-20")]
    public void What_is_no_window_is_refused(string from, string until) => Assert.Null(FreezeWindow.Parse(from, until, London));
}
