using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Diagnostics;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\e[1;31mred\e[0m and \e[Kclear", "red and clear")]
    [InlineData("\e]0;a title\aafter, \e]8;;https://example.org\e\\a link\e]8;;\e\\", "after, a link")]
    [InlineData("\e]0;a title that never ends", "")]
    [InlineData("\eMup \e\\", "up ")]
    [InlineData("reset\e(B\e[m", "reset")]
    [InlineData("\e(", "\e(")]
    public void Sequences_of_a_terminal_are_taken_out(string text, string plain) => Assert.Equal(plain, DisplayText.WithoutSequences(text));

    [Theory]
    [InlineData("12345", 5, "12345")]
    [InlineData("123456", 5, "12...")]
    [InlineData("漢字漢字", 8, "漢字漢字")]
    [InlineData("漢字漢字", 7, "漢字...")]
    [InlineData("漢字漢字", 6, "漢...")]
    [InlineData("12\e", 2, "...")]
    [InlineData("", 1, "")]
    public void A_line_takes_no_more_columns_than_there_are(string line, int columns, string shown) => Assert.Equal(shown, DisplayText.Fit(line, columns));
}
