using System.Text.Json.Nodes;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.Prod;

/// <summary>`signalbox verify prod` on the applied environment, whole and broken by calls of the emulated account.</summary>
[Collection(AppliedOnce.Name)]
public sealed class ProdVerification(AppliedEnvironment environment)
{
    /// <summary>Reads the distribution of the portal, changes it with jq, and writes it back.</summary>
    private const string ChangeDistribution =
        """
        set -e; cd "$(mktemp -d)"
        id=$(for one in $(aws cloudfront list-distributions --query 'DistributionList.Items[].Id' --output text); do
            [ "$(aws cloudfront get-distribution --id "$one" --query Distribution.DistributionConfig.Comment --output text)" != portal ] || echo "$one"
        done)
        aws cloudfront get-distribution-config --id "$id" --output json > config.json
        jq "$change" config.json | jq .DistributionConfig > changed.json
        aws cloudfront update-distribution --id "$id" --if-match "$(jq -r .ETag config.json)" --distribution-config file://changed.json >/dev/null
        """;

    private const string Listener =
        """
        set -e; cd "$(mktemp -d)"
        balancer=$(aws elbv2 describe-load-balancers --query 'LoadBalancers[0].LoadBalancerArn' --output text)
        listener=$(aws elbv2 describe-listeners --load-balancer-arn "$balancer" --query 'Listeners[?Port==`443`].ListenerArn' --output text)
        aws elbv2 describe-rules --listener-arn "$listener" --output json > rules.json
        """;

    /// <summary>A certificate that runs out in a moment, since ACM takes none that has; it is waited for.</summary>
    private const string Expire =
        """
        set -e; cd "$(mktemp -d)"
        python3 - <<'PYTHON'
        import datetime
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import rsa

        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "portal.rocketclub.online")])
        now = datetime.datetime.now(datetime.timezone.utc)
        made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(seconds=60)).not_valid_after(now + datetime.timedelta(seconds=6))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("portal.rocketclub.online")]), critical=False).sign(key, hashes.SHA256()))
        open("certificate.pem", "wb").write(made.public_bytes(serialization.Encoding.PEM))
        open("key.pem", "wb").write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()))
        PYTHON
        arn=$(aws acm import-certificate --region us-east-1 --certificate fileb://certificate.pem --private-key fileb://key.pem --query CertificateArn --output text)
        while openssl x509 -in certificate.pem -checkend 0 >/dev/null; do sleep 0.2; done
        change=".DistributionConfig.ViewerCertificate.ACMCertificateArn = \"$arn\""
        """;

    /// <summary>The portal's service with another variable for what stands in for it.</summary>
    private const string StandIn =
        """
        set -e; cd "$(mktemp -d)"
        now=$(aws ecs describe-services --cluster blog --services portal --query 'services[0].taskDefinition' --output text)
        aws ecs describe-task-definition --task-definition "$now" --query taskDefinition --output json > now.json
        jq --arg how "$how" '{family, taskRoleArn, executionRoleArn, networkMode, containerDefinitions, requiresCompatibilities, cpu, memory}
            | .containerDefinitions[0].environment += [{name: "SIGNALBOX_STAND_IN", value: $how}]' now.json > next.json
        next=$(aws ecs register-task-definition --cli-input-json file://next.json --query taskDefinition.taskDefinitionArn --output text)
        aws ecs update-service --cluster blog --service portal --task-definition "$next" >/dev/null
        """;

    [Fact]
    public async Task After_an_apply_both_endpoints_are_healthy()
    {
        await environment.Reset();

        var ending = await environment.Signalbox("verify", "prod", "--junit", "verify.xml");

        Assert.True(ending.Code == 0, ending.ToString());
        Assert.Matches("(?m)^healthy +portal +302 to https://rocketclub.kinde.com/oauth2/auth, through CloudFront, certificate good for [0-9]+ days$", ending.Answer);
        Assert.Matches("(?m)^healthy +pipelines ", ending.Answer);
        var register = await environment.Signalbox("register", "show");
        Assert.Matches("(?m) verified +prod in sandbox .*healthy, expected live, 2 healthy", register.Answer);
        Assert.Contains("failures=\"0\"", await File.ReadAllTextAsync(Path.Combine(environment.Folder, "verify.xml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string?> Faults() => new()
    {
        { "service at 0", "service", "module.portal.aws_ecs_service.this[0]" },
        { "wrong alias", "edge", "module.cloudfront_apps.aws_cloudfront_distribution.app[\"portal\"]" },
        { "wrong origin", "edge", null },
        { "certificate for another name", "tls", null },
        { "listener gone", "load_balancer", "module.alb.aws_lb_listener.https" },
        { "shadowing rule", "load_balancer", null },
        { "another issuer", "load_balancer", "module.alb.aws_lb_listener_rule.app[\"portal\"]" },
        { "target port wrong", "load_balancer", null },
        { "certificate expired", "tls", null },
        { "stand-in slow=60", "service", "module.portal.aws_ecs_service.this[0]" },
        { "stand-in truncate", "service", "module.portal.aws_ecs_service.this[0]" },
        { "stand-in redirect-loop", "service", "module.portal.aws_ecs_service.this[0]" },
        { "stand-in reset", "service", "module.portal.aws_ecs_service.this[0]" },
        { "stand-in status=500", "service", "module.portal.aws_ecs_service.this[0]" },
        { "security group closed", "service", "module.network.aws_vpc_security_group_ingress_rule.path[\"portal-from-alb\"]" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_in_the_account_names_its_hop(string fault, string hop, string? resource)
    {
        await environment.Reset();
        Must(await environment.Signalbox("verify", "prod", "--endpoint", "portal", "--write-baseline", "healthy.json"));
        await environment.Shell(Break(fault));

        // The edge may know the account of a second ago, so that one look alone could still see it whole.
        var ending = await environment.Signalbox("verify", "prod", "--endpoint", "portal", "--baseline", "healthy.json", "--successes", "2", "--failures", "2", "--interval", "1500ms", "--probe-limit", "5s", "--json");

        Assert.True(ending.Code == 1, ending.ToString());
        var portal = JsonNode.Parse(ending.Answer)!["endpoints"]![0]!;
        Assert.Equal("broken_by_this_apply", (string?)portal["verdict"]);
        Assert.Equal(hop, (string?)portal["hop"]);
        if (resource is not null)
            Assert.Equal(resource, (string?)portal["resource"]);
    }

    private static string Break(string fault) => fault switch
    {
        "service at 0" => "aws ecs update-service --cluster blog --service portal --desired-count 0",
        "wrong alias" => $"change='.DistributionConfig.Aliases = {{Quantity: 1, Items: [\"other.rocketclub.online\"]}}'; {ChangeDistribution}",
        "wrong origin" => $"change='.DistributionConfig.Origins.Items |= map(if .Id == \"alb\" then .DomainName = \"nowhere.eu-west-2.elb.amazonaws.com\" else . end)'; {ChangeDistribution}",
        "certificate for another name" =>
            "arn=$(aws acm request-certificate --region us-east-1 --domain-name other.example.org --validation-method DNS --query CertificateArn --output text); "
            + $"change=\".DistributionConfig.ViewerCertificate.ACMCertificateArn = \\\"$arn\\\"\"; {ChangeDistribution}",
        "certificate expired" => $"{Expire}\n{ChangeDistribution}",
        _ when fault.StartsWith("stand-in ", StringComparison.Ordinal) => $"how='{fault["stand-in ".Length..]}'\n{StandIn}",
        "listener gone" => $"{Listener}\naws elbv2 delete-listener --listener-arn \"$listener\"",
        "shadowing rule" =>
            $"{Listener}\naws elbv2 create-rule --listener-arn \"$listener\" --priority 2 --conditions Field=host-header,Values=portal.rocketclub.online"
            + " --actions Type=fixed-response,FixedResponseConfig='{StatusCode=200,ContentType=text/plain,MessageBody=hello}'",
        "another issuer" =>
            $"{Listener}\n"
            + "jq '.Rules[] | select(.Priority == \"10\") | .Actions | map(if .Type == \"authenticate-oidc\" then .AuthenticateOidcConfig.AuthorizationEndpoint = \"https://other.example.com/oauth2/auth\" | .AuthenticateOidcConfig.ClientSecret = \"x\" else . end)' rules.json > actions.json\n"
            + "aws elbv2 modify-rule --rule-arn \"$(jq -r '.Rules[] | select(.Priority == \"10\") | .RuleArn' rules.json)\" --actions file://actions.json",
        "target port wrong" =>
            $"{Listener}\n"
            + "vpc=$(aws elbv2 describe-target-groups --names blog-portal --query 'TargetGroups[0].VpcId' --output text)\n"
            + "group=$(aws elbv2 create-target-group --name wrong-port --protocol HTTP --port 9999 --target-type ip --vpc-id \"$vpc\" --query 'TargetGroups[0].TargetGroupArn' --output text)\n"
            + "aws elbv2 modify-rule --rule-arn \"$(jq -r '.Rules[] | select(.Priority == \"9\") | .RuleArn' rules.json)\" --actions Type=forward,TargetGroupArn=\"$group\"",
        "security group closed" =>
            """
            set -e; cd "$(mktemp -d)"
            group=$(aws ecs describe-services --cluster blog --services portal --query 'services[0].networkConfiguration.awsvpcConfiguration.securityGroups[0]' --output text)
            aws ec2 describe-security-groups --group-ids "$group" --query 'SecurityGroups[0].IpPermissions' --output json > open.json
            aws ec2 revoke-security-group-ingress --group-id "$group" --ip-permissions file://open.json
            """,
        _ => throw new System.Diagnostics.UnreachableException(fault),
    };
}
