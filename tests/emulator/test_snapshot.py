"""A snapshot is the whole account: what was there is there again, and what came later is not."""
import unittest

from botocore.exceptions import ClientError
from emulator import REGION, Emulator


class Snapshot(unittest.TestCase):
    def test_an_account_comes_back_in_another_emulator(self) -> None:
        first = Emulator()
        self.addCleanup(first.stop)
        second = Emulator()
        self.addCleanup(second.stop)
        _furnish(first)
        wanted = _described(first)

        status, content = first.door("GET", "/_signalbox/snapshot")
        self.assertEqual(status, 200, content[:500])
        second.client("s3").create_bucket(
            Bucket="came-later", CreateBucketConfiguration={"LocationConstraint": REGION})
        status, answer = second.door("PUT", "/_signalbox/snapshot", body=content)

        self.assertEqual(status, 200, answer)
        self.assertEqual(_described(second), wanted)
        with self.assertRaises(ClientError, msg="a bucket that was restored was made again, and is empty"):
            second.client("s3").create_bucket(
                Bucket="state", CreateBucketConfiguration={"LocationConstraint": REGION})
        self.assertEqual(_described(second), wanted)


def _furnish(emulator: Emulator) -> None:
    """What pickle refuses by itself is all here: certificates and keys, locks, weak dictionaries, file buffers."""
    s3 = emulator.client("s3")
    s3.create_bucket(Bucket="state", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket="state", Key="prod.tfstate", Body=b"{}" * 1000)
    emulator.client("acm").request_certificate(DomainName="portal.example.test", ValidationMethod="DNS")
    emulator.client("kms").create_key(Description="aurora")
    emulator.client("ec2").create_vpc(CidrBlock="10.20.0.0/16")
    emulator.client("ecs").create_cluster(clusterName="prod")
    emulator.client("secretsmanager").create_secret(Name="neo4j", SecretString="x")
    emulator.client("iam").create_role(RoleName="task", AssumeRolePolicyDocument="{}")
    emulator.client("application-autoscaling").register_scalable_target(
        ServiceNamespace="lambda", ResourceId="function:ork:live", MinCapacity=1, MaxCapacity=2,
        ScalableDimension="lambda:function:ProvisionedConcurrency", Tags={"environment": "prod"})
    role = emulator.client("iam").get_role(RoleName="task")["Role"]["Arn"]
    emulator.client("lambda").create_function(
        FunctionName="ork", Runtime="nodejs20.x", Role=role, Handler="index.handler", Code={"ZipFile": b"not a zip"})


def _described(emulator: Emulator) -> dict[str, object]:
    s3 = emulator.client("s3")
    autoscaling = emulator.client("application-autoscaling")
    target = autoscaling.describe_scalable_targets(ServiceNamespace="lambda")["ScalableTargets"][0]
    return {
        "buckets": [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]],
        "state": s3.get_object(Bucket="state", Key="prod.tfstate")["Body"].read(),
        "certificates": [c["CertificateArn"] for c in emulator.client("acm").list_certificates()["CertificateSummaryList"]],
        "keys": emulator.client("kms").list_keys()["Keys"],
        "networks": sorted(vpc["VpcId"] for vpc in emulator.client("ec2").describe_vpcs()["Vpcs"]),
        "clusters": emulator.client("ecs").list_clusters()["clusterArns"],
        "secrets": [secret["ARN"] for secret in emulator.client("secretsmanager").list_secrets()["SecretList"]],
        "role": emulator.client("iam").get_role(RoleName="task")["Role"]["RoleId"],
        "tags": autoscaling.list_tags_for_resource(ResourceARN=target["ScalableTargetARN"])["Tags"],
        "function": emulator.client("lambda").get_function(FunctionName="ork")["Configuration"]["LastModified"],
    }


if __name__ == "__main__":
    unittest.main()
