using System.Globalization;
using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>Looking for a lock takes it for a moment: what a look leaves that was killed is let go, and nobody else's is.</summary>
public sealed class KilledLooks(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string Root = SmallRepository.StateInTheBucket + """
        resource "terraform_data" "one" { input = "one" }

        """;

    [Theory]
    [InlineData("taint", true, 0)]
    [InlineData("taint", false, 1)] // somebody's own `terraform taint`
    [InlineData("OperationTypeApply", true, 1)]
    public async Task Only_our_own_look_is_let_go(string operation, bool wasOurs, int code)
    {
        await repository.Write("root/main.tf", Root);
        await repository.Write("signalbox.yml", SmallRepository.PlainSettings);
        Assert.Equal(0, (await repository.Signalbox("sandbox", "reset")).Code);
        var applied = await repository.Signalbox("apply", "small", await repository.Plan("first"), "--approved-by", "ada");
        Assert.True(applied.Code is 0, applied.ToString());
        var created = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        await repository.Write(
            ".signalbox/lock",
            $$"""{"ID":"6c2ba3a7-0d0c-4e5e-9f5c-1d2e3f4a5b6c","Operation":"{{operation}}","Info":"","Who":"root@{{Environment.MachineName}}","Version":"1.11.4","Created":"{{created}}","Path":"small-state/small.tfstate"}""");
        if (wasOurs)
            await repository.Write(".signalbox/terraform/small-sandbox/signalbox-look-0", "");
        await repository.Shell("aws s3 cp .signalbox/lock s3://small-state/small.tfstate.tflock");

        var recovered = await repository.Signalbox("recover", "small");
        await repository.Shell("aws s3 rm s3://small-state/small.tfstate.tflock");

        Assert.True(recovered.Code == code, recovered.ToString());
        Assert.Equal(code != 0, recovered.Conversation.Contains("[SB3512]", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(Path.Combine(repository.Folder, ".signalbox", "terraform", "small-sandbox"), "signalbox-look-*"));
    }
}
