using System.Text;
using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Environments;

public sealed class SignalboxFileOnDiskTests : IDisposable
{
    private const string Good = "version: 1\nenvironments:\n  prod:\n    root: infra/envs/prod\n    var_files: [prod.tfvars]\n";

    private readonly DirectoryInfo _repository = Directory.CreateTempSubdirectory("signalbox-");

    public void Dispose() => _repository.Delete(recursive: true);

    [Fact]
    public void A_repository_without_the_file_is_shown_one_to_begin_with()
    {
        var problem = Assert.Single(Problems());

        Assert.Equal("SB3001", problem.Rule.Code);
        var shown = problem.Hint!.Split('\n', 2)[1];
        Assert.Single(Checkout.Read(shown).Environments);
    }

    [Fact]
    public void A_folder_in_its_place_cannot_be_read()
    {
        _repository.CreateSubdirectory("signalbox.yml");

        Assert.Equal("SB3002", Assert.Single(Problems()).Rule.Code);
    }

    [Fact]
    public void What_the_file_points_at_is_looked_for_on_the_disk()
    {
        Write(Good);
        Assert.Equal("the folder `infra/envs/prod` does not exist", Assert.Single(Problems()).Message);

        var root = _repository.CreateSubdirectory("infra/envs/prod");
        Assert.Equal("SB3021", Assert.Single(Problems()).Rule.Code);

        File.WriteAllText(Path.Combine(root.FullName, "main.tf"), "");
        Assert.Equal("the file `infra/envs/prod/prod.tfvars` does not exist", Assert.Single(Problems()).Message);

        File.WriteAllText(Path.Combine(root.FullName, "prod.tfvars"), "");
        Assert.True(SignalboxFile.Read(_repository.FullName).Succeeded(out var file, out _));
        Assert.Equal(root.FullName, file.Environments[0].RootFolder.In(_repository.FullName));
    }

    [Fact]
    public void A_byte_order_mark_is_no_mistake_and_moves_no_column()
    {
        Write([.. "\uFEFFversion: 2\n"u8]);

        Assert.Contains(Problems(), problem => problem.Location!.Start == (1, 10));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'v', (byte)'\n', (byte)'a', 0xFF, (byte)'b' }, 2, 2)]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a', 0xC3 }, 1, 2)]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'v', 0 }, 1, 1)]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x98, 0x80, 0x80 }, 1, 3)]
    public void Bytes_that_are_not_UTF_8_are_pointed_at(byte[] bytes, int line, int column)
    {
        Write(bytes);

        var problem = Assert.Single(Problems());
        Assert.Equal(("SB3003", (line, column)), (problem.Rule.Code, problem.Location!.Start));
    }

    [Fact]
    public void Ten_megabytes_are_refused_without_being_parsed()
    {
        Write(Encoding.UTF8.GetBytes(new string('[', 10_000_000)));

        Assert.Equal("SB3032", Assert.Single(Problems()).Rule.Code);
    }

    private ValueList<Diagnostic> Problems()
    {
        Assert.False(SignalboxFile.Read(_repository.FullName).Succeeded(out _, out var problems));
        return problems;
    }

    private void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    private void Write(byte[] bytes) => File.WriteAllBytes(Path.Combine(_repository.FullName, SignalboxFile.FileName), bytes);
}
