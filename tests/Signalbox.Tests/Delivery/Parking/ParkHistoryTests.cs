using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Register;
using Signalbox.Tests.Delivery.Register;
using Xunit;

namespace Signalbox.Tests.Delivery.Parking;

/// <summary>What the register tells of parking, also when a movement was killed half-way.</summary>
public sealed class ParkHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly NoteOrigin Origin = new("prod", Target.Sandbox, new Actor("ada", "git"));

    private static readonly MovementRecord Park = new()
    {
        To = "parked",
        Values = [new("aws_ecs_service.x", "aws_ecs_service", "desired_count", "1", "0")],
        Removed = [new("aws_nat_gateway.n", "aws_nat_gateway", new Dictionary<string, string>(StringComparer.Ordinal) { ["subnet_id"] = "0123456789abcdef" })],
        Metered = [new("aws_nat_gateway.n", "NatGateway-Hours", "eu-west-2", 1, 0)],
    };

    private static readonly MovementRecord Unpark = new() { To = "unparked", Values = [new("aws_ecs_service.x", "aws_ecs_service", "desired_count", "0", "1")] };

    [Fact]
    public void A_finished_park_is_remembered_with_all_it_took()
    {
        var history = History((Park, "begun"), (Park, "done"));

        Assert.Equal(Park.ToJson(), history.Remembered!.ToJson());
        Assert.Null(history.Interrupted);
        Assert.Equal((ParkState.Parked, Noon.AddHours(1), "ada"), history.Last);
        Assert.Equal((Noon.AddHours(1), null), (Assert.Single(history.Periods).From, history.Periods[0].To));
    }

    [Fact]
    public void A_killed_park_is_half_way_and_what_it_took_is_remembered()
    {
        var history = History((Park, "begun"));

        Assert.Equal("parked", history.Interrupted!.To);
        Assert.Equal("1", Assert.Single(history.Remembered!.Values).Before);
        Assert.Empty(history.Periods);
        Assert.Null(history.Last);
    }

    [Fact]
    public void A_park_that_is_finished_by_the_next_one_remembers_both_and_is_one_park()
    {
        var rest = Park with { Values = [], Metered = [new("aws_nat_gateway.n", "NatGateway-Hours", "eu-west-2", 0, 0)] };

        var history = History((Park, "begun"), (Park, "stopped"), (rest, "begun"), (rest, "done"));

        Assert.Equal("1", Assert.Single(history.Remembered!.Values).Before);
        Assert.Null(history.Interrupted);
        Assert.Equal(Park.Metered, Assert.Single(history.Periods).Metered);
    }

    [Fact]
    public void A_park_that_was_killed_before_its_end_was_written_down_books_what_it_took()
    {
        var nothingLeft = Park with { Values = [], Removed = [], Metered = [] };

        var history = History((Park, "begun"), (nothingLeft, "done"));

        Assert.Equal(Park.Metered, Assert.Single(history.Periods).Metered);
    }

    [Fact]
    public void An_unpark_ends_the_period_when_it_begins_and_forgets_only_when_it_is_done()
    {
        var begun = History((Park, "begun"), (Park, "done"), (Unpark, "begun"));
        var done = History((Park, "begun"), (Park, "done"), (Unpark, "begun"), (Unpark, "done"));

        Assert.Equal(Noon.AddHours(2), Assert.Single(begun.Periods).To);
        Assert.NotNull(begun.Remembered);
        Assert.Equal("unparked", begun.Interrupted!.To);
        Assert.Null(done.Remembered);
        Assert.Null(done.Interrupted);
        Assert.Equal(ParkState.Unparked, done.Last!.Value.To);
    }

    [Fact]
    public void A_park_after_a_killed_unpark_is_a_second_period_that_remembers_the_first_values()
    {
        var again = Park with { Values = [new("aws_ecs_service.x", "aws_ecs_service", "desired_count", "2", "0")] };

        var history = History((Park, "begun"), (Park, "done"), (Unpark, "begun"), (again, "begun"), (again, "done"));

        Assert.Equal([Noon.AddHours(1), Noon.AddHours(4)], history.Periods.Select(period => period.From));
        Assert.Equal("1", Assert.Single(history.Remembered!.Values).Before);
    }

    [Fact]
    public void The_newest_word_on_keeping_awake_counts()
    {
        var reader = new ParkHistoryReader();
        reader.Take(Entry(0, KeepAwake.Note(Origin, Noon.AddHours(5))));
        reader.Take(Entry(1, KeepAwake.Note(Origin, Noon.AddHours(2))));

        Assert.Equal(new KeepAwake(Noon.AddHours(2), "ada"), reader.Finish().KeptAwake);
    }

    [Fact]
    public async Task Only_the_movements_of_that_environment_and_target_count_whatever_else_the_register_says_of_parking()
    {
        using var register = new SmallRegister();
        var (begun, done) = (MovementNotes.Of(Origin.Note(EntryKind.Applying), Park, "begun"), MovementNotes.Of(Origin.Note(EntryKind.Applying), Park, "done"));
        await register.Append(SmallRegister.Note(EntryKind.Planned, 1) with { Facts = [new("kind", "parked"), new("text", ",\"kind\":\"parked\"")], Outcome = "done" });
        await register.Append(begun with { Facts = [.. begun.Facts, new("kind", "other")] });
        await register.Append(done with { Environment = "stage" });
        await register.Append(done with { Target = Target.Aws });
        await register.Append(SmallRegister.Note(EntryKind.Failed, 1) with { Outcome = "unparked" });
        await register.Append(done);

        var history = await ParkHistory.Read(register.File, "prod", Target.Sandbox, TestContext.Current.CancellationToken);

        Assert.Equal(SmallRegister.Start.AddSeconds(6), Assert.Single(history.Periods).From);
        Assert.Equal(Park.Metered, history.Periods[0].Metered);
        Assert.Equal(Park.ToJson(), history.Remembered!.ToJson());
        Assert.Null(history.Interrupted);
    }

    [Fact]
    public async Task An_environment_is_found_by_its_name_also_when_that_needs_escapes()
    {
        using var register = new SmallRegister();
        await register.Append(MovementNotes.Of(Origin.Note(EntryKind.Applying), Park, "done") with { Environment = "a \"b\" \\ ü", Actor = new Actor("Ada \"the\" Countess", "git") });

        var history = await ParkHistory.Read(register.File, "a \"b\" \\ ü", Target.Sandbox, TestContext.Current.CancellationToken);

        Assert.Equal("Ada \"the\" Countess", Assert.Single(history.Periods).By);
    }

    private static ParkHistory History(params (MovementRecord Movement, string Outcome)[] entries)
    {
        var reader = new ParkHistoryReader();
        foreach (var (index, (movement, outcome)) in entries.Index())
            reader.Take(Entry(index, MovementNotes.Of(Origin.Note(EntryKind.Applying), movement, outcome)));
        return reader.Finish();
    }

    private static RegisterEntry Entry(int hour, RegisterNote note) => new(hour + 1, Noon.AddHours(hour), note, new string('0', 64), new string('0', 64));
}
