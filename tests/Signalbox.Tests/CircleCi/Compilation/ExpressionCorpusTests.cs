using System.Text.Json;
using Signalbox.CircleCi.Compilation.Expressions;
using Signalbox.Tests.House;
using Xunit;

namespace Signalbox.Tests.CircleCi.Compilation;

/// <summary>CircleCI's own conformance cases, read where they lie beside the repository.</summary>
public sealed class ExpressionCorpusTests
{
    [Fact]
    public void Every_case_of_the_corpus_has_its_value_or_its_error_in_its_place()
    {
        var corpus = Path.Combine(Repository.Folder, "../shared/circleci/expr-corpus.jsonl");
        Assert.SkipUnless(File.Exists(corpus), "the corpus is not on this machine");

        var cases = File.ReadAllLines(corpus);
        var wrong = cases.Select(Difference).OfType<string>();

        Assert.True(cases.Length > 100);
        Assert.Empty(wrong);
    }

    private static string? Difference(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var text = root.GetProperty("expression").GetString()!;
        var variables = root.GetProperty("environment").EnumerateObject().ToDictionary(entry => entry.Name, entry => ValueOf(entry.Value));

        var (expression, fault) = ExpressionParser.Parse(text);
        var value = ExpressionValue.None;
        if (expression is not null)
            (value, fault) = expression.Evaluate(variables.GetValueOrDefault);

        var actual = fault is null ? $"{Shown(value)} {value.IsTruthy}" : $"{fault.Name} {fault.Lexeme} {CharacterAt(text, fault.Start)}";
        var expected = root.TryGetProperty("error", out var error)
            ? $"{error.GetProperty("errorType").GetString()} {error.GetProperty("lexeme").GetString()} {error.GetProperty("charPos").GetInt32()}"
            : root.TryGetProperty("value_pattern", out var pattern)
                ? $"/{pattern.GetString()}/ {root.GetProperty("truthy").GetBoolean()}"
                : $"{Shown(ValueOf(root.GetProperty("value")))} {root.GetProperty("truthy").GetBoolean()}";
        return actual == expected ? null : $"{text}: {actual} instead of {expected}";
    }

    /// <summary>The corpus counts characters, not UTF-16 units.</summary>
    private static int CharacterAt(string text, int index) => text[..index].EnumerateRunes().Count();

    private static ExpressionValue ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => ExpressionValue.Of(value.GetBoolean()),
        JsonValueKind.Number => new ExpressionValue.Number(value.GetInt64()),
        JsonValueKind.String => new ExpressionValue.Text(value.GetString()!),
        _ => ExpressionValue.None,
    };

    private static string Shown(ExpressionValue value) => value switch
    {
        ExpressionValue.Truth truth => truth.Value ? "true" : "false",
        ExpressionValue.Number number => $"{number.Value}",
        ExpressionValue.Text text => $"\"{text.Value}\"",
        ExpressionValue.Pattern pattern => $"/{pattern.Value.Pattern}/",
        _ => "undefined",
    };
}
