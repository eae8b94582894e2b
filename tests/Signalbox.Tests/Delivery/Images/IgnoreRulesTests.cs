using Signalbox.Delivery.Images.Source;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

/// <summary>A `.dockerignore` means here what Docker documents that it means.</summary>
public sealed class IgnoreRulesTests
{
    private static readonly string[] Files =
    [
        "README.md", "README-secret.md", "notes.md", "temp", "tempa", "main.go", "[x]", "#hash", "!bang", "a b",
        "sub/notes.md", "sub/temporary.txt", "sub/deep/temporary.txt", "sub/deep/main.go", "sub/deep/keep.md", "sub.d/x",
    ];

    [Theory]
    [InlineData("", "")]
    [InlineData("# *\n\n   \n", "")]
    [InlineData("*.md", "README.md README-secret.md notes.md")]
    [InlineData("/notes.md", "notes.md")]
    [InlineData("  notes.md  ", "notes.md")]
    [InlineData("./sub//deep/", "sub/deep/temporary.txt sub/deep/main.go sub/deep/keep.md")]
    [InlineData("sub/../temp", "temp")]
    [InlineData("/../temp", "temp")]
    [InlineData("../temp", "")]
    [InlineData("temp?", "tempa")]
    [InlineData("*/temp*", "sub/temporary.txt")]
    [InlineData("*/*/temp*", "sub/deep/temporary.txt")]
    [InlineData("**/*.go", "main.go sub/deep/main.go")]
    [InlineData("**/deep", "sub/deep/temporary.txt sub/deep/main.go sub/deep/keep.md")]
    [InlineData("sub/**", "sub/notes.md sub/temporary.txt sub/deep/temporary.txt sub/deep/main.go sub/deep/keep.md")]
    [InlineData("sub/**/temporary.txt", "sub/temporary.txt sub/deep/temporary.txt")]
    [InlineData("sub.d", "sub.d/x")]
    [InlineData("temp[a-z]", "tempa")]
    [InlineData("temp[^b]", "tempa")]
    [InlineData("\\[x\\]", "[x]")]
    [InlineData("\\#hash", "#hash")]
    [InlineData(" #hash", "#hash")]
    [InlineData("\\!bang", "!bang")]
    [InlineData("temp[", "")]
    [InlineData("\uFEFFtemp\r\na b\r\n", "temp a b")]
    public void Each_kind_of_pattern_keeps_out_what_it_names(string text, string ignored) => Assert.Equal(ignored, Ignored(text));

    [Theory]
    [InlineData("*.md\n!README.md", "README-secret.md notes.md")]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README-secret.md notes.md")]
    [InlineData("*.md\nREADME-secret.md\n!README*.md", "notes.md")]
    [InlineData("sub\n!sub/deep\nsub/deep/*.go", "sub/notes.md sub/temporary.txt sub/deep/main.go")]
    [InlineData("*\n! sub/deep/keep.md\n!temp", "README.md README-secret.md notes.md tempa main.go [x] #hash !bang a b sub/notes.md sub/temporary.txt sub/deep/temporary.txt sub/deep/main.go sub.d/x")]
    [InlineData("!temp", "")]
    [InlineData("!", "")]
    public void The_last_line_that_speaks_of_a_file_decides(string text, string ignored) => Assert.Equal(ignored, Ignored(text));

    private static string Ignored(string text)
    {
        var rules = IgnoreRules.Parse(text);
        return string.Join(' ', Files.Where(rules.Ignores));
    }
}
