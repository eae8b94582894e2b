using System.Text.Json;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>Says in which ways a policy document reaches further than anyone needs.</summary>
internal static class PolicyReach
{
    public static IEnumerable<string> Of(JsonElement policy)
    {
        var documents = policy.IsArray ? policy.Items.Select(item => item.Member("policy")) : [policy];
        return documents
            .Select(document => EmbeddedJson.Parse(document.Text))
            .OfType<JsonElement>()
            .SelectMany(document => document.Member("Statement").Items)
            .Where(statement => statement.Member("Effect").Text == "Allow")
            .SelectMany(OfStatement)
            .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> OfStatement(JsonElement statement)
    {
        var allActions = statement.Member("Action").Texts.Any(action => action is "*" or "*:*");
        var allResources = statement.Member("Resource").Texts.Contains("*", StringComparer.Ordinal);
        if (allActions && (allResources || statement.Member("Resource").IsAbsent))
            yield return "allows every action on every resource";
        else if (allActions)
            yield return "allows every action";
        else if (allResources && statement.Member("Action").Texts.FirstOrDefault(IsEscalation) is { } action)
            yield return $"allows `{action}` on every resource";
        if (!statement.Member("NotAction").IsAbsent)
            yield return "allows everything except what `NotAction` lists";

        var principal = statement.Member("Principal");
        var isAnyone = principal.Text == "*" || principal.Member("AWS").Texts.Contains("*", StringComparer.Ordinal);
        if (isAnyone)
        {
            yield return statement.Member("Condition").IsAbsent
                ? "allows anyone (principal `*` without a condition)"
                : "allows anyone who meets its conditions (principal `*`)";
        }
    }

    /// <summary>Actions that let their holder become anyone.</summary>
    private static bool IsEscalation(string action) =>
        action is "iam:*" or "sts:*" or "sts:AssumeRole" or "iam:PassRole" or "organizations:*" or "kms:*" or "s3:*" or "secretsmanager:*";
}
