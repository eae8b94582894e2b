using System.Collections.Immutable;
using System.Globalization;
using Signalbox.CircleCi.Compilation.Expressions;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation;

/// <summary>What `&lt;&lt; pipeline.… &gt;&gt;` stands for, parameters aside. A name that CircleCI knows may have no value.</summary>
/// <remarks>The names are those of the documentation's table of pipeline values; a name here lacks the `pipeline.` before it.</remarks>
public sealed record PipelineValues
{
    private static readonly Rule UnknownValue = new("SB1140", Severity.Error, "There is no such pipeline value");
    private static readonly Rule WrongType = new("SB1141", Severity.Error, "A pipeline value has the wrong type");

    private static readonly string[] Texts =
    [
        "id", "name", "definition.id", "project.git_url", "project.type", "project.slug", "integration_source",
        "git.branch", "git.tag", "git.revision", "git.base_revision", "git.repo_url", "git.repo_owner", "git.repo_name", "git.repo_id",
        "git.commit.url", "git.commit.subject", "git.commit.body", "git.commit.author_login",
        "config.repository.name", "config.repository.url", "config.file_path", "config.ref", "config.sha",
        "trigger.id", "trigger.type", "trigger.name", "trigger.received_at", "trigger_source", "schedule.id", "schedule.name",
        "event.name", "event.action", "event.github.ref", "event.github.after", "event.github.head_commit.url",
        "event.github.sender.login", "event.github.sender.type", "event.github.sender.avatar_url", "event.github.label.name",
        "event.github.comment.body", "event.github.repository.name", "event.github.repository.url", "event.github.repository.owner.login",
        "event.github.pull_request.title", "event.github.pull_request.url",
        "event.github.pull_request.base.ref", "event.github.pull_request.base.sha",
        "event.github.pull_request.head.ref", "event.github.pull_request.head.sha", "event.context.github.pr_url",
    ];

    private static readonly string[] Numbers = ["number", "event.github.pull_request.number"];

    private static readonly string[] Booleans = ["git.branch.is_default", "event.github.pull_request.draft", "event.github.pull_request.merged"];

    /// <summary>Families whose members depend on the integration: any name below them is known.</summary>
    private static readonly string[] OpenFamilies = ["trigger_parameters.", "deploy."];

    private static readonly HashSet<string> Known = new([.. Texts, .. Numbers, .. Booleans], StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, ExpressionValue> _values;

    private PipelineValues(ImmutableSortedDictionary<string, ExpressionValue> values) => _values = values;

    /// <summary>No value at all, which is what an expression calls undefined.</summary>
    public static PipelineValues None { get; } = new(ImmutableSortedDictionary.Create<string, ExpressionValue>(StringComparer.Ordinal));

    /// <summary>For looking at a config without running it: an identity that never changes, and nothing of any repository.</summary>
    public static PipelineValues ForChecking { get; } = new(None._values
        .Add("id", new ExpressionValue.Text("00000000-0000-0000-0000-000000000001"))
        .Add("number", new ExpressionValue.Number(1)));

    /// <summary>Every fixed name, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Order(StringComparer.Ordinal)];

    /// <param name="name">With or without `pipeline.` before it.</param>
    /// <param name="value">As text; a number or a boolean where the name asks for one. Empty means no value for those.</param>
    public Outcome<PipelineValues> With(string name, string value)
    {
        var bare = name.StartsWith("pipeline.", StringComparison.Ordinal) ? name["pipeline.".Length..] : name;
        if (!IsKnown(bare))
        {
            var near = NearestName.Of(bare, Names) is { } found ? $"did you mean `{found}`?" : "docs/circleci.md lists them";
            return UnknownValue.Without($"{Culprit.Quote($"pipeline.{bare}")} is no pipeline value", near);
        }

        if (Parse(bare, value) is not { } parsed)
            return WrongType.Without($"{Culprit.Quote($"pipeline.{bare}")} cannot be {Culprit.Quote(value)}", Numbers.Contains(bare) ? "give a whole number" : "give `true` or `false`");
        return new PipelineValues(_values.SetItem(bare, parsed));
    }

    /// <returns>Null when there is no such name; undefined when there is and it has no value.</returns>
    internal ExpressionValue? Find(string name) =>
        _values.TryGetValue(name, out var value) ? value : IsKnown(name) ? ExpressionValue.None : null;

    public bool Equals(PipelineValues? other) => other is not null && _values.SequenceEqual(other._values);

    public override int GetHashCode() => _values.Count;

    private static bool IsKnown(string name) =>
        Known.Contains(name) || OpenFamilies.Any(family => name.Length > family.Length && name.StartsWith(family, StringComparison.Ordinal));

    private static ExpressionValue? Parse(string name, string value)
    {
        if (Numbers.Contains(name))
        {
            return value.Length == 0 ? ExpressionValue.None
                : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new ExpressionValue.Number(number) : null;
        }

        if (Booleans.Contains(name))
            return value switch { "" => ExpressionValue.None, "true" => ExpressionValue.True, "false" => ExpressionValue.False, _ => null };
        return new ExpressionValue.Text(value);
    }
}
