using Signalbox.Sandbox.Providers;
using Xunit;

namespace Signalbox.Tests.Sandbox;

public sealed class MirrorDiscoveryTests : IDisposable
{
    private const string Aws = "registry.terraform.io/hashicorp/aws";
    private const string Random = "registry.terraform.io/hashicorp/random";

    private readonly string _machine = Directory.CreateTempSubdirectory("signalbox-mirror-").FullName;

    [Fact]
    public void Without_a_mirror_terraform_fetches_for_itself() => Assert.Null(Find());

    [Fact]
    public void The_configuration_in_force_comes_before_the_implied_folders()
    {
        var configured = Unpacked("configured", Aws);
        Unpacked("home/.terraform.d/plugins", Aws);
        File.WriteAllText(At("terraform.rc"), $"provider_installation {{\n  filesystem_mirror {{\n    path = \"{configured}\"\n  }}\n}}\n");

        Assert.Equal(configured, Find(("TF_CLI_CONFIG_FILE", At("terraform.rc")))?.Folder);
    }

    [Fact]
    public void A_persons_own_configuration_is_read_when_no_variable_names_one()
    {
        var configured = Unpacked("configured", Aws);
        Directory.CreateDirectory(At("home"));
        File.WriteAllText(At("home/.terraformrc"), $"provider_installation {{ filesystem_mirror {{ path = \"{configured}\" }} }}");

        Assert.Equal(configured, Find()?.Folder);
    }

    [Theory]
    [InlineData("repository/terraform.d/plugins")]
    [InlineData("home/.terraform.d/plugins")]
    [InlineData("home/.local/share/terraform/plugins")]
    [InlineData("data/terraform/plugins")]
    [InlineData("opt/any-name")]
    public void Every_place_is_searched(string place)
    {
        var folder = Unpacked(place, Aws);

        Assert.Equal(new ProviderMirror(folder, [Aws]), Find());
    }

    [Fact]
    public void A_packed_mirror_is_one_too()
    {
        Directory.CreateDirectory(At($"opt/packed/{Aws}"));
        File.WriteAllText(At($"opt/packed/{Aws}/terraform-provider-aws_5.100.0_linux_amd64.zip"), "");

        Assert.Equal(Aws, Assert.Single(Find()!.Providers));
    }

    [Fact]
    public void A_mirror_with_the_aws_provider_is_worth_more_than_an_earlier_one_without()
    {
        Unpacked("home/.terraform.d/plugins", Random);
        var folder = Unpacked("opt/plugins", Aws);

        Assert.Equal(folder, Find()?.Folder);
    }

    [Fact]
    public void A_folder_of_another_shape_is_no_mirror()
    {
        Directory.CreateDirectory(At("opt/tool/registry.terraform.io/hashicorp/aws"));
        Directory.CreateDirectory(At("opt/other/lib/share/aws/1.0"));

        Assert.Null(Find());
    }

    [Theory]
    [InlineData("# filesystem_mirror { path = \"/no\" }\n")]
    [InlineData("/* filesystem_mirror {\n path = \"/no\" } */")]
    [InlineData("network_mirror { url = \"https://mirror.example/\" }")]
    [InlineData("filesystem_mirror { include = [\"path = /no\"] }")]
    public void What_is_not_a_mirror_block_names_no_mirror(string configuration) =>
        Assert.Empty(MirrorDiscovery.MirrorsNamedIn(configuration));

    [Fact]
    public void A_path_with_quotes_and_slashes_is_read_as_it_was_meant() =>
        Assert.Equal("/a//b\"c", Assert.Single(MirrorDiscovery.MirrorsNamedIn("""filesystem_mirror { include = ["x//y"] path = "/a//b\"c" }""")));

    [Fact]
    public void The_generated_configuration_takes_what_is_there_and_fetches_the_rest() =>
        Golden.Verify(
            TerraformConfiguration.Text(new ProviderMirror("/mirrors/a \"b\"", [Aws, Random]), "/state/plugins")
                + "\n---\n"
                + TerraformConfiguration.Text(mirror: null, "/state/plugins"),
            "terraform.rc");

    public void Dispose() => Directory.Delete(_machine, recursive: true);

    private ProviderMirror? Find(params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = At("home"),
            ["XDG_DATA_DIRS"] = At("data"),
        };
        foreach (var (name, value) in more)
            variables[name] = value;
        return new MirrorDiscovery(variables, At("repository"), At("opt")).Find();
    }

    private string Unpacked(string place, string provider)
    {
        Directory.CreateDirectory(At($"{place}/{provider}/5.100.0/linux_amd64"));
        return At(place);
    }

    private string At(string name) => Path.Combine(_machine, name);
}
