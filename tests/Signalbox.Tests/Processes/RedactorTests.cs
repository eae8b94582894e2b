using System.Text;
using System.Text.Json;
using CsCheck;
using Signalbox.Processes;
using Xunit;

namespace Signalbox.Tests.Processes;

public sealed class RedactorTests
{
    private const string Secret = "s3cr\"t/+ vàlue";

    [Theory]
    [MemberData(nameof(Disguises))]
    public void A_secret_is_hidden_in_every_common_encoding(string disguise)
    {
        var hidden = Redactor.Of([Secret]).Redact($"before {disguise} after");

        Assert.StartsWith("before ", hidden, StringComparison.Ordinal);
        Assert.EndsWith(" after", hidden, StringComparison.Ordinal);
        Assert.Contains(Redactor.Mask, hidden, StringComparison.Ordinal);
        Assert.DoesNotContain(disguise, hidden, StringComparison.Ordinal);
    }

    public static TheoryData<string> Disguises =>
    [
        Secret,
        JsonEncodedText.Encode(Secret).ToString(),
        Uri.EscapeDataString(Secret),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("xy" + Secret + "z")),
    ];

    [Fact]
    public void The_longest_of_two_secrets_is_hidden_whole() =>
        Assert.Equal($"{Redactor.Mask}!", Redactor.Of(["pass", "password"]).Redact("password!"));

    [Fact]
    public void Each_line_of_a_secret_is_a_secret() =>
        Assert.Equal(Redactor.Mask, Redactor.Of(["first line\nsecond line\n"]).Redact("second line"));

    [Fact]
    public void Short_words_are_left_alone() =>
        Assert.Equal("true 1 yes", Redactor.Of(["true"[..3], "1", "yes"]).Redact("true 1 yes"));

    [Fact]
    public void Whatever_surrounds_it_a_secret_never_comes_through() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 4, 12], Gen.String[0, 30], Gen.String[0, 30]).Sample((secret, before, after) =>
            !Redactor.Of([secret]).Redact(before + secret + after).Replace(Redactor.Mask, "\0", StringComparison.Ordinal).Contains(secret, StringComparison.Ordinal));
}
