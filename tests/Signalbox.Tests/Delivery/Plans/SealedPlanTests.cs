using System.Text;
using CsCheck;
using Signalbox.Delivery.Plans;
using Xunit;

namespace Signalbox.Tests.Delivery.Plans;

public sealed class SealedPlanTests
{
    private readonly SealedPlan _plan = SealedPlan.Seal(Sample.Manifest, Sample.Contents, Sample.Key());

    [Fact]
    public void What_was_sealed_comes_out_again()
    {
        var read = Sample.Value(SealedPlan.Parse("plan", _plan.Bytes.ToArray()));

        var opened = Sample.Value(read.Open(Sample.Key()));

        Assert.Equal(_plan.Digest, opened.Digest);
        Assert.Equal(Sample.Contents.TerraformPlan.ToArray(), opened.Contents.TerraformPlan.ToArray());
        Assert.Equal(Sample.Contents.Secrets, opened.Contents.Secrets);
        Assert.Equal(Sample.Manifest.PlanInputs, opened.Manifest.PlanInputs);
        Assert.Equal(Sample.Manifest.ExpiresAt, opened.Manifest.ExpiresAt);
    }

    [Fact]
    public void No_byte_of_the_file_can_change_unnoticed()
    {
        var bytes = _plan.Bytes.ToArray();
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                bytes[at] ^= (byte)(1 << bit);
                Assert.False(Opens(bytes), $"bit {bit} of byte {at} was changed and the plan still opened");
                bytes[at] ^= (byte)(1 << bit);
            }
        }

        Assert.True(Opens(bytes));
    }

    [Fact]
    public void A_file_that_was_cut_or_lengthened_does_not_open()
    {
        var bytes = _plan.Bytes.ToArray();

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.False(Opens(bytes[..length])));
        Assert.False(Opens([.. bytes, 0]));
    }

    [Fact]
    public void Any_bytes_are_read_without_a_crash() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Bool).Sample((noise, withMagic) =>
            !Opens(withMagic ? [.. "SIGNALBOX PLAN 1"u8, .. noise] : noise));

    [Fact]
    public void Another_key_does_not_open_it()
    {
        var problem = Assert.Single(Sample.Problems(_plan.Open(Sample.Key("another"))));

        Assert.Equal("SB3204", problem.Rule.Code);
    }

    [Fact]
    public void Neither_the_plan_nor_its_secrets_stand_in_the_file() =>
        Assert.All(["hunter2!", "terraform's plan"], secret =>
            Assert.Equal(-1, _plan.Bytes.Span.IndexOf(Encoding.UTF8.GetBytes(secret))));

    [Fact]
    public void Sealing_the_same_plan_twice_gives_two_digests() =>
        Assert.NotEqual(_plan.Digest, SealedPlan.Seal(Sample.Manifest, Sample.Contents, Sample.Key()).Digest);

    private static bool Opens(byte[] bytes) =>
        SealedPlan.Parse("plan", bytes).Succeeded(out var plan, out _) && plan.Open(Sample.Key()).Succeeded(out _, out _);
}
