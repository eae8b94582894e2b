using System.Text;
using Signalbox.Delivery.Images;
using Signalbox.Delivery.Terraform.Pins;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

public sealed class PinnedLocalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signalbox-pin-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, string> Edits => new()
    {
        { "locals {\n  app_image = \"${var.id}.dkr.ecr.x.amazonaws.com/blog-data:app-0000001\" # \"app_image\" = \":app-1\"\n}\n", ":app-0000001\" #" },
        { "# locals { app_image = \"a/blog-data:app-0000003\" }\nlocals {\n  app_image=\"r.example/blog-data:app-0000001\"\n}\n", ":app-0000001\"\n" },
        { "/* locals {\n app_image = \"x:app-0000003\"\n} */\nlocals { app_image = \"r.example/blog-data:app-0000001\" }", ":app-0000001\" }" },
        { "locals {\r\n  other = 1\r\n  app_image = \"r.example/blog-data:app-0000001\"\r\n}\r\n", ":app-0000001\"\r" },
        { "locals {\n  text = <<-EOT\n    locals {\n    app_image = \"x/blog-data:app-0000003\"\n  EOT\n  app_image = \"r.example/blog-data:app-0000001\"\n}\n", ":app-0000001\"\n}" },
        { "locals {\n  app_image = \"${join(\"/\", [\"a:b}\", \"${var.c}\"])}/blog-data:app-0000001\"\n}\n", ":app-0000001\"\n" },
        { "locals {\n  app_image = \"${var.a /* } \" : */}/blog-data:app-0000001\"\n}\n", ":app-0000001\"\n" },
        { "locals {\n  nested = {\n    app_image = \"x/blog-data:app-0000003\"\n  }\n  app_image = \"${local.url}:app-0000001\"\n}\n", ":app-0000001\"\n" },
        { "module \"locals\" {\n  app_image = \"x/blog-data:app-0000003\"\n}\nlocals {\n  app_image = \"r.example/blog-data\" // none\n}\n", "\" // none" },
        { "locals { a = 1 }\nlocals {\n  b = [\n    \"app_image = 1\",\n  ]\n  app_image = \"$${x}é😀r.example/blog-data:app-0000001@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"\n}\n", ":app-0000001@" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task Only_the_tag_changes_and_every_other_byte_stays(string text, string tail)
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(text), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)] })
        {
            var file = Write("main.tf", bytes);
            if (!(await Find()).Succeeded(out var local, out var problems))
            {
                // `$${` is an escape that this reader leaves to people.
                Assert.Contains("$${", text, StringComparison.Ordinal);
                Assert.Equal("SB2023", Assert.Single(problems).Rule.Code);
                continue;
            }

            Assert.Null(await local.To(Image("app-0000002"), withDigest: false).Write(TestContext.Current.CancellationToken));

            var at = text.IndexOf(tail, StringComparison.Ordinal);
            var old = tail.StartsWith(':') ? ":app-0000001".Length : 0;
            var expected = $"{text[..at]}:app-0000002{text[(at + old)..]}";
            var read = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal([.. bytes[..(bytes.Length - Encoding.UTF8.GetByteCount(text))], .. Encoding.UTF8.GetBytes(expected)], read);
        }
    }

    [Fact]
    public async Task The_digest_follows_the_tag_when_it_is_wanted_and_goes_when_it_is_not()
    {
        var file = Write("main.tf", "locals {\n  app_image = \"r.example/blog-data:app-0000001\"\n}\n"u8.ToArray());

        await (await Local()).To(Image("app-0000002"), withDigest: true).Write(TestContext.Current.CancellationToken);
        Assert.Contains($"\"r.example/blog-data:app-0000002@{Digest}\"", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(Digest, (await Local()).Digest?.Text);

        await (await Local()).To(Image("app-0000002"), withDigest: false).Write(TestContext.Current.CancellationToken);
        Assert.Contains("\"r.example/blog-data:app-0000002\"", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False((await Local()).To(Image("app-0000002"), withDigest: false).ChangesAnything);
    }

    [Theory]
    [InlineData("locals {\n  app_imag = \"r.example/blog-data:app-0000001\"\n}\n", "SB2020")]
    [InlineData("locals { app_image = \"r.example/blog-data:app-0000001\" }\nlocals { app_image = \"r.example/blog-data:app-0000001\" }\n", "SB2021")]
    [InlineData("locals {\n  app_image = format(\"%s\", 1)\n}\n", "SB2022")]
    [InlineData("locals {\n  app_image = <<EOT\nr.example/blog-data:app-0000001\nEOT\n}\n", "SB2022")]
    [InlineData("locals {\n  app_image = true ? \"a\" : \"b\"\n}\n", "SB2022")]
    [InlineData("locals {\n  app_image = local.other\n}\n", "SB2022")]
    [InlineData("locals {\n  app_image = \"r.example/blog-data:${var.tag}\"\n}\n", "SB2023")]
    [InlineData("locals {\n  app_image = \"\"\n}\n", "SB2023")]
    [InlineData("locals {\n  app_image = \"r.example/blog-data:app 1\"\n}\n", "SB2023")]
    [InlineData("locals {\n  app_image = \"r.example/blog-portal:app-0000001\"\n}\n", "SB2024")]
    public async Task What_cannot_be_edited_is_told_and_left_alone(string text, string code)
    {
        var file = Write("main.tf", Encoding.UTF8.GetBytes(text));

        Assert.False((await Find()).Succeeded(out _, out var problems));

        Assert.Equal(code, Assert.Single(problems).Rule.Code);
        Assert.NotNull(problems[0].Hint);
        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_second_definition_is_found_in_another_file_too()
    {
        Write("a.tf", "locals { app_image = \"r.example/blog-data:app-0000001\" }\n"u8.ToArray());
        Write("b.tf", "locals { app_image = \"r.example/blog-data:app-0000001\" }\n"u8.ToArray());

        Assert.False((await Find()).Succeeded(out _, out var problems));

        Assert.Contains("a.tf, line 1", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_text_is_refused()
    {
        Write("main.tf", [0x6c, 0xff, 0xfe]);

        Assert.False((await Find()).Succeeded(out _, out var problems));

        Assert.Equal("SB2025", Assert.Single(problems).Rule.Code);
    }

    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static ImageFamily Family { get; } = Families.Of("app", "blog-data", "app-{short_sha}") with { Local = "app_image" };

    private static ProvenImage Image(string tag) => Families.Proven(Family, tag, Digest);

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private Task<Outcome<PinnedLocal>> Find() =>
        PinnedLocal.Find(_folder.FullName, _folder.FullName, "app_image", Family, TestContext.Current.CancellationToken);

    private async Task<PinnedLocal> Local()
    {
        Assert.True((await Find()).Succeeded(out var local, out _));
        return local;
    }
}
