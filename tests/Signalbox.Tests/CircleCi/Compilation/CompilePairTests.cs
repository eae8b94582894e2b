using Signalbox.CircleCi.Syntax;
using Signalbox.Tests.CircleCi.Syntax;
using Signalbox.Tests.House;
using Xunit;

namespace Signalbox.Tests.CircleCi.Compilation;

/// <summary>Configs of strangers with what CircleCI's compiler made of them, read where they lie beside the repository.</summary>
public sealed class CompilePairTests
{
    private static readonly string Pairs = Path.Combine(Repository.Folder, "../shared/circleci/compile-pairs");

    public static TheoryData<string> Names() => Directory.Exists(Pairs) ? [.. Directory.GetDirectories(Pairs).Select(folder => Path.GetFileName(folder)!).Order()] : ["none"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_circleci_compiled_compiles_here_to_the_same(string name)
    {
        Assert.SkipWhen(name == "none", "the pairs are not on this machine");

        // The service printed the source as a comment, in which it escaped quotes.
        var input = (await File.ReadAllTextAsync(Path.Combine(Pairs, name, "input.yml"), TestContext.Current.CancellationToken)).Replace("\\\"", "\"");
        var expected = YamlText.Read(await File.ReadAllTextAsync(Path.Combine(Pairs, name, "expected.yml"), TestContext.Current.CancellationToken));
        var actual = await Compiled.Of(input);

        Assert.True(YamlEquality.Same(expected, actual.Root), actual.ToYaml());
        Assert.Equal(actual.ToYaml(), (await Compiled.Of(actual.ToYaml())).ToYaml());
    }
}
