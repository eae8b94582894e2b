using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>Data or services that anyone could reach without passing a security group.</summary>
internal static class PublicExposure
{
    public static readonly Rule Public = new("SB3152", Severity.Warning, "something would become public");

    public static ValueList<Rule> Rules { get; } = [Public];

    public static IEnumerable<Finding> Judge(ResourceChange change, GuardPolicy policy)
    {
        if (change.Type == "aws_s3_bucket_public_access_block" && change.Action is PlannedAction.Delete or PlannedAction.Forget)
            return [Found(change, "the bucket's public access block would go")];
        return change.Leaves ? change.Differences.Where(difference => Exposes(change, difference)).Select(difference => Found(change, $"`{difference.Path}` would make it public")) : [];
    }

    private static bool Exposes(ResourceChange change, Difference difference) => difference.Name switch
    {
        "publicly_accessible" => difference.After.IsTrue,
        "acl" => difference.After.Text is "public-read" or "public-read-write" or "authenticated-read",
        "authorization_type" => change.Type == "aws_lambda_function_url" && difference.After.Text == "NONE",
        "endpoint_public_access" => difference.After.IsTrue,
        "block_public_acls" or "block_public_policy" or "ignore_public_acls" or "restrict_public_buckets" =>
            !difference.Unknown.IsTrue && !difference.After.IsTrue
            && (change.Action != PlannedAction.Create || !difference.After.IsAbsent),
        _ => false,
    };

    private static Finding Found(ResourceChange change, string message) =>
        change.Holds(Public, message, "approve only if everyone in the world may see it");
}
