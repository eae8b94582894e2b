using Signalbox.Delivery.Plans;
using Xunit;

namespace Signalbox.Tests.Delivery.Plans;

public sealed class PlanKeyTests : IDisposable
{
    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);

    private readonly string _folder = Directory.CreateTempSubdirectory("plan-key-").FullName;

    private string KeyFile => Path.Combine(_folder, "plan.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_key_is_made_once_and_only_its_owner_can_read_it()
    {
        var first = Sample.Value(await PlanKey.FindOrCreate(NoVariables, KeyFile, CancellationToken.None));
        var second = Sample.Value(await PlanKey.FindOrCreate(NoVariables, KeyFile, CancellationToken.None));

        Assert.True(first.Bytes.SequenceEqual(second.Bytes));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public async Task A_key_that_others_can_read_is_refused()
    {
        await File.WriteAllTextAsync(KeyFile, PlanKey.NewText(), CancellationToken.None);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var problem = Assert.Single(Sample.Problems(await PlanKey.Find(NoVariables, KeyFile, CancellationToken.None)));

        Assert.Contains("can be read by others", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not base64 at all")]
    [InlineData("c2hvcnQ=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_variable_that_holds_no_key_is_refused_and_never_shown(string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { [PlanKey.Variable] = text };

        var problem = Assert.Single(Sample.Problems(await PlanKey.Find(variables, KeyFile, CancellationToken.None)));

        Assert.Equal("SB3202", problem.Rule.Code);
        Assert.DoesNotContain(text, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_the_hint_names_the_variable()
    {
        var problem = Assert.Single(Sample.Problems(await PlanKey.Find(NoVariables, KeyFile, CancellationToken.None)));

        Assert.Equal("SB3201", problem.Rule.Code);
        Assert.Contains(PlanKey.Variable, problem.Hint, StringComparison.Ordinal);
    }
}
