"""`python3 chain.py HOST FAULT STAND_IN …`: makes chains of CloudFront, load balancer and service, each with one fault.

Each has its own host and names, so that many live in one account. FAULT `none` makes a whole chain. Prints the name of
each load balancer.
"""
import datetime
import sys

import boto3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PORT = 8080


def certificate(region, host, seconds=86400):
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.timezone.utc)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(seconds=seconds))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256()))
    return boto3.client("acm", region_name=region).import_certificate(
        Certificate=made.public_bytes(serialization.Encoding.PEM),
        PrivateKey=key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )["CertificateArn"]


ec2, elb, ecs, cloudfront = (boto3.client(name) for name in ("ec2", "elbv2", "ecs", "cloudfront"))
vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
subnets = [one["SubnetId"] for one in ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]][:2]
edge_list = next(
    one["PrefixListId"] for one in ec2.describe_managed_prefix_lists()["PrefixLists"]
    if one["PrefixListName"] == "com.amazonaws.global.cloudfront.origin-facing")


def chain(host, fault, stand_in):
    name = host.split(".")[0]
    balancer_group = ec2.create_security_group(GroupName=f"{name}-alb", Description="alb", VpcId=vpc)["GroupId"]
    task_group = ec2.create_security_group(GroupName=f"{name}-task", Description="task", VpcId=vpc)["GroupId"]
    if fault != "balancer-closed":
        ec2.authorize_security_group_ingress(GroupId=balancer_group, IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "PrefixListIds": [{"PrefixListId": edge_list}]}])
    if fault != "task-closed":
        ec2.authorize_security_group_ingress(GroupId=task_group, IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": PORT, "ToPort": PORT, "UserIdGroupPairs": [{"GroupId": balancer_group}]}])

    balancer = elb.create_load_balancer(Name=name, Subnets=subnets, SecurityGroups=[balancer_group])["LoadBalancers"][0]
    group = elb.create_target_group(
        Name=name, Protocol="HTTP", Port=PORT + (fault == "target-port"), VpcId=vpc, TargetType="ip",
        HealthCheckPath="/health")["TargetGroups"][0]["TargetGroupArn"]
    if fault != "listener-gone":
        listener = elb.create_listener(
            LoadBalancerArn=balancer["LoadBalancerArn"], Port=443, Protocol="HTTPS",
            Certificates=[{"CertificateArn": certificate("eu-west-2", "other.example.org" if fault == "origin-certificate" else host)}],
            DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404", "ContentType": "text/plain", "MessageBody": "nothing here"}}],
        )["Listeners"][0]["ListenerArn"]
        actions = [{"Type": "forward", "Order": 2, "TargetGroupArn": group}]
        if fault in ("login", "issuer"):
            issuer = "https://login.example.org" if fault == "login" else "https://stranger.example.net"
            actions.insert(0, {"Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": {
                "Issuer": issuer, "AuthorizationEndpoint": f"{issuer}/authorize", "TokenEndpoint": f"{issuer}/token",
                "UserInfoEndpoint": f"{issuer}/user", "ClientId": "the-client", "ClientSecret": "none", "Scope": "openid email"}})
        elb.create_rule(
            ListenerArn=listener, Priority=10, Actions=actions,
            Conditions=[{"Field": "host-header", "HostHeaderConfig": {"Values": ["elsewhere.example.org" if fault == "rule-host" else host]}}])
        if fault == "shadowed":
            elb.create_rule(
                ListenerArn=listener, Priority=5, Conditions=[{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/*"]}}],
                Actions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "410", "ContentType": "text/plain", "MessageBody": "gone"}}])

    ecs.create_cluster(clusterName=name)
    ecs.register_task_definition(
        family=name, networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
        containerDefinitions=[{
            "name": "app", "image": f"registry/{name}:1.0", "environment": [{"name": "SIGNALBOX_STAND_IN", "value": stand_in}],
            "portMappings": [{"containerPort": PORT}]}])
    if fault != "no-service":
        ecs.create_service(
            cluster=name, serviceName="app", taskDefinition=name, desiredCount=0 if fault == "service-zero" else 1, launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": {"subnets": subnets, "securityGroups": [task_group]}},
            loadBalancers=[{"targetGroupArn": group, "containerName": "app", "containerPort": PORT}])

    cloudfront.create_distribution(DistributionConfig={
        "CallerReference": name, "Comment": "", "Enabled": fault != "disabled",
        "Aliases": {"Quantity": 1, "Items": [f"www.{host}" if fault == "alias" else host]},
        "Origins": {"Quantity": 1, "Items": [{
            "Id": "alb", "DomainName": "gone-1.eu-west-2.elb.amazonaws.com" if fault == "origin" else balancer["DNSName"],
            "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only", "OriginReadTimeout": 1}}]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "alb", "ViewerProtocolPolicy": "redirect-to-https",
            "AllowedMethods": {"Quantity": 2, "Items": ["GET", "HEAD"]},
            "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
            **({} if fault == "host-not-forwarded" else {"OriginRequestPolicyId": "216adef6-5c7f-47e4-b989-5492eafa07d3"})},
        "ViewerCertificate": {"SSLSupportMethod": "sni-only", "ACMCertificateArn": certificate(
            "us-east-1",
            "other.example.org" if fault == "certificate" else host,
            seconds=2 if fault == "expired" else 86400)},
    })
    return balancer["DNSName"]


for position in range(1, len(sys.argv), 3):
    print(chain(*sys.argv[position:position + 3]))
