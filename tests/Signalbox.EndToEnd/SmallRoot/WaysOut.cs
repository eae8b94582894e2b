using System.Net;
using System.Net.Sockets;
using Signalbox.Processes;
using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>What a configuration starts in the sandbox, and where it can get to.</summary>
public sealed class WaysOut(SmallRepository repository) : IClassFixture<SmallRepository>
{
    [Fact]
    public async Task A_program_that_drops_the_proxies_still_reaches_the_emulator_and_nothing_else()
    {
        if (!Confinement.IsPossible)
            Assert.Skip("this kernel cannot keep a program from connecting");
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        var port = ((IPEndPoint)elsewhere.LocalEndpoint).Port;
        await repository.Write("root/way-out.tf", $$"""
            resource "terraform_data" "way_out" {
              provisioner "local-exec" {
                interpreter = ["/usr/bin/env", "-u", "HTTPS_PROXY", "-u", "https_proxy", "/bin/bash", "-c"]
                command     = <<-EOT
                  (exec 3<>/dev/tcp/127.0.0.1/$${AWS_ENDPOINT_URL##*:}) && echo "the emulator answers" >> ../seen
                  (exec 3<>/dev/tcp/127.0.0.1/{{port}}) || echo "elsewhere is shut" >> ../seen
                EOT
              }
            }

            """);
        await repository.Commit("a way out");
        var plan = await repository.Plan("way-out");

        var ending = await repository.Signalbox("apply", "small", plan, "--approved-by", "ada");

        Assert.True(ending.Code is 0, ending.ToString());
        Assert.Equal(
            ["the emulator answers", "elsewhere is shut"],
            await File.ReadAllLinesAsync(Path.Combine(repository.Folder, "seen"), TestContext.Current.CancellationToken));
        Assert.False(elsewhere.Pending());
    }
}
