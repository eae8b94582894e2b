using CsCheck;
using Signalbox.Delivery.Verification;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

public sealed class ExpectationTests
{
    private static readonly Uri From = new("https://portal.example.org/");
    private static readonly RedirectTarget Login = new(new Uri("https://login.example.com/oauth2/auth"));

    [Theory]
    [InlineData("https://login.example.com/oauth2/auth")]
    [InlineData("https://login.example.com/oauth2/auth?client_id=a&state=b#c")]
    [InlineData("https://LOGIN.example.com:443/oauth2/auth")]
    public void The_issuer_s_login_is_the_target(string location) => Assert.True(Login.IsAt(location, From));

    [Theory]
    [InlineData("")]
    [InlineData("/oauth2/auth")]
    [InlineData("//login.example.com.evil.example/oauth2/auth")]
    [InlineData("http://login.example.com/oauth2/auth")]
    [InlineData("https://login.example.com:8443/oauth2/auth")]
    [InlineData("https://other.example.com/oauth2/auth")]
    [InlineData("https://login.example.com.evil.example/oauth2/auth")]
    [InlineData("https://evil-login.example.com/oauth2/auth")]
    [InlineData("https://login.example.com@evil.example/oauth2/auth")]
    [InlineData("https://user@login.example.com/oauth2/auth")]
    [InlineData("https://evil.example/?to=https://login.example.com/oauth2/auth")]
    [InlineData("https://evil.example\\@login.example.com/oauth2/auth")]
    [InlineData("https://login.example.com/oauth2/auth/more")]
    [InlineData("https://login.example.com/oauth2/../evil")]
    [InlineData("javascript:https://login.example.com/oauth2/auth")]
    [InlineData("https:// login.example.com/oauth2/auth")]
    public void Nothing_else_is(string location) => Assert.False(Login.IsAt(location, From));

    [Fact]
    public void Whatever_a_header_holds_is_answered_and_another_host_is_never_the_target() =>
        Gen.Select(Gen.String[Gen.Char["abz.:/@\\?#% \t\u0001é"], 0, 30], Gen.Bool).Sample((text, isAbsolute) =>
        {
            var location = isAbsolute ? $"https://{text}" : text;
            if (Login.IsAt(location, From))
                Assert.StartsWith("https://login.example.com", location, StringComparison.OrdinalIgnoreCase);
        });

    [Fact]
    public void A_delay_that_is_neither_seconds_nor_a_date_is_a_difference()
    {
        var parked = new Expectation { Status = 503 };

        Assert.Empty(parked.Compare(Answered("")));
        Assert.Empty(parked.Compare(Answered("120")));
        Assert.Empty(parked.Compare(Answered("Wed, 25 Nov 2026 07:28:00 GMT")));
        Assert.Equal(MismatchKind.Header, Assert.Single(parked.Compare(Answered("soon"))).Kind);
    }

    private static Answer Answered(string retryAfter) =>
        new(From, 503, retryAfter.Length == 0 ? [] : [new AnswerHeader("retry-after", retryAfter)], "");
}
