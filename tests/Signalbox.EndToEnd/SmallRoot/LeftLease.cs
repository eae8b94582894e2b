using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>A job on another machine held the environment when its run was cancelled; the engine is asked what became of the run.</summary>
public sealed class LeftLease(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string Run = "5034460f-c7c4-4c43-9457-de07e2029e7b";

    [Fact]
    public async Task The_lease_of_a_cancelled_run_is_taken_over_and_that_of_a_living_one_is_waited_for()
    {
        using var circleCi = new FakeCircleCi();
        circleCi.Says($"/api/v2/workflow/{Run}", """{"id":"5034460f-c7c4-4c43-9457-de07e2029e7b","status":"running"}""");
        await Leave();
        var waited = await PlanAfter("23", circleCi);
        circleCi.Says($"/api/v2/workflow/{Run}", """{"id":"5034460f-c7c4-4c43-9457-de07e2029e7b","status":"canceled"}""");
        var planned = await PlanAfter("40", circleCi);

        Assert.True(waited.Code is 1, waited.ToString());
        Assert.Contains("waiting: Grace has been parking since 2026-03-02 09:00:00Z (process 4711 on executor-7, run 5034460f", waited.Conversation, StringComparison.Ordinal);
        Assert.Contains("error[SB3500]", waited.Conversation, StringComparison.Ordinal);
        Assert.True(planned.Code is 0, planned.ToString());
    }

    /// <summary>As the other machine's last beat left it.</summary>
    private Task Leave() => repository.Write(
        ".signalbox/leases/small-sandbox.json",
        $$"""{"token":7,"holder":{"who":"Grace","doing":"parking","since":"2026-03-02T09:00:00+00:00","machine":"executor-7 0b1c","process":4711,"started":"1","run":"{{Run}}"},"beat":12}""");

    private Task<Ending> PlanAfter(string patience, FakeCircleCi circleCi) => repository.SignalboxWith(
        [("SIGNALBOX_WAIT", patience), ("SIGNALBOX_API_URL", circleCi.Address), ("CIRCLE_TOKEN", FakeCircleCi.Token)], "plan", "small");
}
