using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;
using Signalbox.Tests.Delivery.Register;
using Xunit;

namespace Signalbox.Tests.Delivery.Approvals;

/// <summary>Signatures that a register tells of, checked again by the real `ssh-keygen` as they stood when each apply began.</summary>
public sealed class SignatureAuditTests : IDisposable
{
    private readonly SigningPeople _people = new();
    private readonly SmallRegister _register = new();

    [Fact]
    public async Task A_signature_that_was_good_then_is_good_though_the_signer_is_gone_since()
    {
        await Approve("bob", SmallRegister.Start.AddHours(1));
        await Applying("bob@example.org");

        Assert.Empty((await Verdict(then: _people.Signers("bob"))).Select(problem => problem.Rule.Code));
        Assert.Equal(["SB3440"], (await Verdict(then: _people.Signers("ada"))).Select(problem => problem.Rule.Code));
    }

    [Fact]
    public async Task A_signature_that_had_expired_when_the_apply_began_is_told()
    {
        await Approve("bob", SmallRegister.Start.AddHours(1));
        _register.Clock.Advance(TimeSpan.FromHours(2));
        await Applying("bob@example.org");

        Assert.Equal("SB3441", Assert.Single(await Verdict(_people.Signers("bob"))).Rule.Code);
    }

    [Theory]
    [InlineData("eve", ApprovalStatement.Namespace)] // another person's key
    [InlineData("bob", "git")] // made for another purpose
    public async Task A_forged_or_borrowed_signature_is_told(string key, string purpose)
    {
        var statement = Statement("bob", SmallRegister.Start.AddHours(1));
        await _register.Append(statement.ToNote(await _people.Sign(key, purpose, statement.ToBytes()), commit: null));
        await Applying("bob@example.org");

        var problem = Assert.Single(await Verdict(_people.Signers("bob", "eve")));

        Assert.Equal("SB3440", problem.Rule.Code);
        Assert.Contains("entry 2 applies", problem.Message, StringComparison.Ordinal);
        Assert.Contains("in entry 1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_replayed_from_another_plan_is_told()
    {
        var other = Statement("bob", SmallRegister.Start.AddHours(1)) with { Plan = SmallRegister.Digest(2) };
        var note = other.ToNote(await _people.Sign("bob", ApprovalStatement.Namespace, other.ToBytes()), commit: null);
        await _register.Append(note with { Plan = SmallRegister.Digest(1) });
        await Applying("bob@example.org");

        Assert.Equal("SB3440", Assert.Single(await Verdict(_people.Signers("bob"))).Rule.Code);
    }

    [Fact]
    public async Task One_good_signature_of_the_same_person_is_enough()
    {
        var statement = Statement("bob", SmallRegister.Start.AddHours(1));
        await _register.Append(statement.ToNote(await _people.Sign("bob", "git", statement.ToBytes()), commit: null));
        await Approve("bob", SmallRegister.Start.AddHours(1));
        await Applying("bob@example.org");

        Assert.Empty(await Verdict(_people.Signers("bob")));
    }

    [Fact]
    public async Task Who_never_approved_is_named()
    {
        await Approve("bob", SmallRegister.Start.AddHours(1));
        await Applying("bob@example.org, ada@example.org");

        var problem = Assert.Single(await Verdict(_people.Signers("ada", "bob")));

        Assert.Equal("SB3442", problem.Rule.Code);
        Assert.Contains("`ada@example.org`", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_signers_of_then_a_signature_is_said_to_be_unchecked_and_breaks_nothing()
    {
        await Approve("bob", SmallRegister.Start.AddHours(1));
        await Applying("bob@example.org");

        var problem = Assert.Single(await Verdict(then: null));

        Assert.Equal(("SB3443", Severity.Warning), (problem.Rule.Code, problem.Rule.Severity));
    }

    public void Dispose()
    {
        _people.Dispose();
        _register.Dispose();
    }

    private static ApprovalStatement Statement(string person, DateTimeOffset expiry) =>
        ApprovalStatement.New(SmallRegister.Digest(1), "prod", Target.Sandbox, SigningPeople.NameOf(person), expiry, breakGlass: null);

    private async Task Approve(string person, DateTimeOffset expiry)
    {
        var statement = Statement(person, expiry);
        await _register.Append(statement.ToNote(await _people.Sign(person, ApprovalStatement.Namespace, statement.ToBytes()), commit: null));
    }

    private Task<RegisterEntry> Applying(string names) =>
        _register.Append(SmallRegister.Note(EntryKind.Applying, 1) with { Facts = [new("approval", names), new("signers", $"{new string('c', 40)}:signers")] });

    private async Task<ValueList<Diagnostic>> Verdict(string? then)
    {
        var verdict = await _register.Check();
        var audit = new SignatureAudit(_people.Signatures, (apply, _) => Task.FromResult(apply.Signers is null ? null : then));
        return [.. verdict.Deliveries, .. await audit.Check(verdict.SignedApplies, TestContext.Current.CancellationToken)];
    }
}
