using System.Text.Json;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>Something is parked in a region whose prices the program does not carry.</summary>
public sealed class ParkWithoutPrice(SmallRepository repository) : IClassFixture<SmallRepository>
{
    [Fact]
    public async Task What_has_no_price_is_named_and_not_guessed()
    {
        await repository.Write("signalbox.yml", SmallRepository.PlainSettings);
        await repository.Write("root/main.tf", """
            terraform {
              required_providers {
                aws = { source = "hashicorp/aws" }
              }
            }
            provider "aws" { region = "sa-east-1" }
            variable "parked" {
              type    = bool
              default = false
            }
            resource "aws_eip" "here" {
              count  = var.parked ? 0 : 1
              domain = "vpc"
            }
            output "parked" { value = var.parked }

            """);
        Must(await repository.Signalbox("apply", "small", await repository.Plan("priceless"), "--approved-by", "ada"));

        Must(await repository.Signalbox("park", "small"));
        var said = Must(await repository.Signalbox("savings", "small"));
        using var savings = JsonDocument.Parse(Must(await repository.Signalbox("savings", "small", "--json")).Answer);

        Assert.Contains("not booked: no price is known", said.Answer, StringComparison.Ordinal);
        Assert.Equal(0m, savings.RootElement.GetProperty("total").GetDecimal());
        var line = Assert.Single(savings.RootElement.GetProperty("without_price").EnumerateArray());
        Assert.Equal(("sa-east-1", "PublicIPv4:InUseAddress"), (line.GetProperty("region").GetString(), line.GetProperty("usage").GetString()));
    }
}
