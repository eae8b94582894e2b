using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Signalbox.Tests.Delivery.Plans;
using Xunit;

namespace Signalbox.Tests.Delivery.Approvals;

/// <summary>Which approvals count. Signatures are made and checked by the real `ssh-keygen`.</summary>
public sealed class ApprovalDeskTests : IDisposable
{
    private static readonly ApprovalPolicy Signed = new() { Strength = ApprovalStrength.Signature, AuthorMayApprove = true };

    private readonly SigningPeople _people = new();

    [Fact]
    public async Task A_signature_of_an_allowed_signer_approves()
    {
        await _people.Approve("bob");

        var judgement = await _people.Judge(Signed, _people.Signers("ada", "bob"));

        Assert.Equal("bob@example.org", judgement.Approval?.Approver);
        Assert.Equal(_people.Plan.Digest, judgement.Approval?.Digest);
        Assert.Empty(judgement.Remarks);
    }

    [Fact]
    public async Task Two_people_are_two_and_one_person_twice_is_one()
    {
        var policy = Signed with { Count = 2 };
        await _people.Approve("bob");
        await _people.Approve("bob");

        var once = await _people.Judge(policy, _people.Signers("ada", "bob"));
        await _people.Approve("ada");
        var both = await _people.Judge(policy, _people.Signers("ada", "bob"));

        Assert.Null(once.Approval);
        Assert.EndsWith("has 1 of 2 signature approvals", once.Lacking, StringComparison.Ordinal);
        Assert.NotNull(both.Approval);
    }

    [Fact]
    public async Task A_signer_who_is_not_or_no_longer_allowed_counts_for_nothing()
    {
        await _people.Approve("eve");

        Assert.Equal("SB3460", Refused(await _people.Judge(Signed, _people.Signers("ada", "bob"))));
    }

    [Fact]
    public async Task Another_persons_name_over_ones_own_key_counts_for_nothing()
    {
        var statement = _people.Statement("bob");
        _people.Write(statement.ToNote(await _people.Sign("eve", ApprovalStatement.Namespace, statement.ToBytes()), commit: null));

        Assert.Equal("SB3460", Refused(await _people.Judge(Signed, _people.Signers("bob", "eve"))));
    }

    [Fact]
    public async Task A_signature_made_for_another_purpose_counts_for_nothing()
    {
        var statement = _people.Statement("bob");
        _people.Write(statement.ToNote(await _people.Sign("bob", "git", statement.ToBytes()), commit: null));

        Assert.Equal("SB3460", Refused(await _people.Judge(Signed, _people.Signers("bob"))));
    }

    [Fact]
    public async Task A_signature_moved_to_another_plan_environment_or_expiry_counts_for_nothing()
    {
        var statement = _people.Statement("bob") with { Plan = PlanDigest.Of([1]) };
        var signature = await _people.Sign("bob", ApprovalStatement.Namespace, statement.ToBytes());
        ApprovalStatement[] forged = [statement with { Plan = _people.Plan.Digest }, _people.Statement("bob") with { Nonce = statement.Nonce, ExpiresAt = _people.Now.AddDays(9) }];

        foreach (var claim in forged)
        {
            _people.Write(claim.ToNote(signature, commit: null) with { Facts = [.. claim.ToNote(signature, null).Facts.Where(fact => fact.Name != "nonce"), new("nonce", Guid.NewGuid().ToString("N"))] });
        }

        var judgement = await _people.Judge(Signed, _people.Signers("bob"));
        Assert.Null(judgement.Approval);
        Assert.Equal(["SB3460", "SB3460"], judgement.Remarks.Select(remark => remark.Rule.Code));
    }

    [Fact]
    public async Task A_copied_entry_counts_once()
    {
        await _people.Approve("bob");
        _people.Write(_people.Entries[0].Note);

        var judgement = await _people.Judge(Signed with { Count = 2 }, _people.Signers("bob"));

        Assert.Null(judgement.Approval);
        Assert.Equal("SB3466", Assert.Single(judgement.Remarks).Rule.Code);
    }

    [Theory]
    [InlineData(-5, true)] // signed by a clock that is ahead
    [InlineData(64, true)] // past its hour, and within what clocks may differ
    [InlineData(66, false)]
    public async Task Clocks_may_differ_by_five_minutes(int minutesLater, bool counts)
    {
        await _people.Approve("bob");

        var judgement = await _people.Judge(Signed, _people.Signers("bob"), _people.Now.AddMinutes(minutesLater));

        Assert.Equal(counts, judgement.Approval is not null);
        Assert.Equal(counts ? [] : ["SB3461"], judgement.Remarks.Select(remark => remark.Rule.Code));
    }

    [Fact]
    public async Task The_author_may_not_unless_the_policy_says_so()
    {
        await _people.Approve("ada");

        Assert.Equal("SB3462", Refused(await _people.Judge(Signed with { AuthorMayApprove = false }, _people.Signers("ada"))));
        Assert.NotNull((await _people.Judge(Signed, _people.Signers("ada"))).Approval);
    }

    [Theory]
    [InlineData(Target.Sandbox, ApprovalStrength.Login, true)]
    [InlineData(Target.Aws, ApprovalStrength.Login, false)]
    [InlineData(Target.Aws, ApprovalStrength.Hold, true)]
    public async Task A_typed_name_approves_in_the_sandbox_only(Target target, ApprovalStrength strength, bool counts)
    {
        var offered = new Approval(_people.Plan.Digest, "bob", _people.Now, strength);

        var judgement = await _people.Judge(new ApprovalPolicy(), signers: null, offered: offered, target: target);

        Assert.Equal(counts, judgement.Approval is not null);
        Assert.Equal(counts ? [] : ["SB3463"], judgement.Remarks.Select(remark => remark.Rule.Code));
    }

    [Fact]
    public async Task Breaking_glass_takes_two_people_and_sets_the_freeze_aside()
    {
        var frozen = Signed with { Count = 3, Freezes = [FreezeWindow.Parse("2020-01-01", "2099-01-01", TimeZoneInfo.Utc)!] };
        await _people.Approve("ada", breakGlass: "checkout is down");
        var one = await _people.Judge(frozen, _people.Signers("ada", "bob"));
        await _people.Approve("bob", breakGlass: "checkout is down");
        var two = await _people.Judge(frozen, _people.Signers("ada", "bob"));

        Assert.Null(one.Approval);
        Assert.Equal("SB3465", Assert.Single(one.Objections).Rule.Code);
        Assert.True(two.Approval?.BreaksGlass);
        Assert.Empty(two.Objections);
        Assert.All(_people.Entries, entry => Assert.Equal((EntryKind.BrokeGlass, "BREAK GLASS: CHECKOUT IS DOWN"), (entry.Note.Kind, entry.Note.Outcome)));
    }

    [Fact]
    public async Task An_ordinary_signature_passed_off_as_breaking_glass_counts_for_nothing()
    {
        await _people.Approve("bob");
        var note = _people.Entries[0].Note;
        _people.Write(note with { Kind = EntryKind.BrokeGlass, Facts = [.. note.Facts.Where(fact => fact.Name != "nonce"), new("nonce", "another"), new("reason", "none")] });

        var judgement = await _people.Judge(Signed with { Count = 2 }, _people.Signers("bob"));

        Assert.Null(judgement.Approval);
        Assert.Equal("SB3460", Assert.Single(judgement.Remarks).Rule.Code);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)] // the policy carries nothing over
    [InlineData(true, false, false)] // the plan was not found to mean the same
    public async Task A_signature_on_an_earlier_plan_counts_for_one_that_means_the_same(bool carries, bool isSame, bool counts)
    {
        await _people.Approve("bob");
        var signed = _people.Plan.Digest;
        _people.Plan = Sample.Opened(_people.Plan.Manifest with { SameAs = isSame ? [signed.Hex] : null });

        var judgement = await _people.Judge(Signed with { CarryOver = carries }, _people.Signers("bob"));

        Assert.Equal(counts ? _people.Plan.Digest : null, judgement.Approval?.Digest);
        Assert.Equal(counts ? [signed] : [], judgement.Approval?.CarriedFrom ?? []);
        Assert.Equal(counts ? ["SB3467"] : [], judgement.Remarks.Select(remark => remark.Rule.Code));
    }

    [Fact]
    public async Task Broken_glass_a_lapsed_signature_and_the_authors_own_are_not_carried_over()
    {
        await _people.Approve("bob", breakGlass: "the site is down");
        await _people.Approve("eve", breakGlass: "the site is down");
        await _people.Approve("ada");
        _people.Plan = Sample.Opened(_people.Plan.Manifest with { SameAs = [_people.Plan.Digest.Hex] });
        var policy = Signed with { CarryOver = true, AuthorMayApprove = false };

        Assert.Equal("SB3462", Refused(await _people.Judge(policy, _people.Signers("ada", "bob", "eve"))));
        Assert.Equal("SB3461", Refused(await _people.Judge(policy with { AuthorMayApprove = true }, _people.Signers("ada", "bob", "eve"), _people.Now.AddHours(3))));
    }

    public void Dispose() => _people.Dispose();

    private static string Refused(ApprovalJudgement judgement)
    {
        Assert.Null(judgement.Approval);
        return Assert.Single(judgement.Remarks).Rule.Code;
    }
}
