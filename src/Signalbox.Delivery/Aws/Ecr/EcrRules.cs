using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Aws.Ecr;

internal static class EcrRules
{
    public static readonly Rule NoRepository = new("SB2030", Severity.Error, "The image repository does not exist");
    public static readonly Rule NoAccess = new("SB2031", Severity.Error, "The registry does not let us in");
    public static readonly Rule Refused = new("SB2032", Severity.Error, "The registry refused");
    public static readonly Rule Silent = new("SB2033", Severity.Error, "The registry does not answer");

    public static Diagnostic Of(AwsAnswer answer, string repository) => answer switch
    {
        AwsAnswer.NoKeys none => NoAccess.Without($"there are no AWS credentials to ask the registry with: {none.Why}", "sign in (`aws sso login`, a profile, or a role), or use `--target sandbox`"),
        AwsAnswer.Refused { Code: "RepositoryNotFoundException" } => NoRepository.Without(
            $"the repository `{repository}` does not exist in this account", "apply the environment first, which makes it, or correct `repository` in signalbox.yml"),
        AwsAnswer.Refused { Code: "UnrecognizedClientException" or "ExpiredTokenException" or "ExpiredToken" or "InvalidSignatureException" or "InvalidClientTokenId" or "AccessDeniedException" } refused => NoAccess.Without(
            $"ECR refuses these credentials: {refused.Message} ({refused.Code})", "renew them, or ask for `ecr:Describe*`, `ecr:BatchGet*` and `ecr:GetAuthorizationToken`"),
        AwsAnswer.Refused refused => Refused.Without($"ECR refused: {refused.Message} ({refused.Code})", "read what it says; run the command again when it is mended"),
        AwsAnswer.Silent silent => Silent.Without($"ECR does not answer: {silent.Why}", "look at the network, or run `signalbox sandbox status`"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
