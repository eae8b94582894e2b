using CsCheck;
using Signalbox.Delivery.Terraform.Hcl;
using Xunit;

namespace Signalbox.Tests.Delivery.Terraform;

public sealed class HclFileTests
{
    private const string Tricky = """
        # resource "commented" "out" {}
        /* terraform { backend "s3" { bucket = "no" } } */
        locals {
          text = "a } brace, a # hash, ${join("}", ["{", "\""])} and $${not} interpolation"
          page = <<-EOT
            module "in_a_heredoc" { source = "./no" }
          EOT
          list = [
            { a = 1 },
          ]
        }
        terraform {
          required_version = "~> 1.11"
          backend "s3" {
            bucket       = "rocketclub-tfstate" // a comment
            use_lockfile = true
          }
        }
        variable "secret" { sensitive = true }
        """;

    [Fact]
    public void Blocks_are_found_whatever_stands_in_strings_heredocs_and_comments()
    {
        var blocks = HclFile.Blocks(Tricky);

        Assert.Equal("locals terraform variable", string.Join(' ', blocks.Select(block => block.Type)));
        var backend = Assert.Single(blocks[1].Nested("backend"));
        Assert.Equal(["s3"], backend.Labels);
        Assert.Equal("rocketclub-tfstate", backend.Literal("bucket"));
        Assert.Equal("true", backend.Literal("use_lockfile"));
        Assert.Equal("true", blocks[2].Literal("sensitive"));
        Assert.Null(blocks[0].Literal("text"));
        Assert.StartsWith("terraform {", blocks[1].Text, StringComparison.Ordinal);
        Assert.EndsWith("}", blocks[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_to_its_end() =>
        Gen.OneOf(Gen.String[0, 200], Mutated).Sample(text => _ = HclFile.Blocks(text));

    private static readonly string[] Pieces = ["\"", "{", "}", "<<", "${", "\\", "", "\n"];

    private static Gen<string> Mutated => Gen.Select(Gen.Int[0, Tricky.Length - 1], Gen.Int[0, Pieces.Length - 1].Select(piece => Pieces[piece]), Gen.Int[0, 3])
        .Select((at, piece, cut) => Tricky[..at] + piece + Tricky[Math.Min(Tricky.Length, at + cut)..]);
}
