"""Every mend, seen twice: on stock moto the defect is there, with the mend it is gone.

The first half keeps the second honest: when a later moto has no such defect, the mend is to be deleted.
"""
import json
import pathlib
import time
import unittest
from typing import Any, ClassVar

import jmespath
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError
from emulator import Emulator

stock: Emulator
mended: Emulator


def setUpModule() -> None:
    global stock, mended
    stock = Emulator(mends_off="all")
    mended = Emulator()


def tearDownModule() -> None:
    stock.stop()
    mended.stop()


class Case:
    """`observe` makes something in a fresh account and answers what AWS would be asked about it."""

    defect: ClassVar[Any]
    cure: ClassVar[Any]

    def observe(self, account: Emulator) -> Any:
        raise NotImplementedError

    def test_stock_moto_has_the_defect(self: Any) -> None:
        self.assertEqual(self.observe(stock), self.defect)

    def test_the_mend_cures_it(self: Any) -> None:
        self.assertEqual(self.observe(mended), self.cure)


class CloudFront(Case, unittest.TestCase):
    defect = {"access": "", "forwarded": True, "default certificate": True}
    cure = {"access": "E2ACCESS", "forwarded": False, "default certificate": False}

    def observe(self, account: Emulator) -> Any:
        config = account.client("cloudfront").create_distribution(DistributionConfig={
            "CallerReference": "portal", "Comment": "", "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [{
                "Id": "files", "DomainName": "files.s3.amazonaws.com", "OriginAccessControlId": "E2ACCESS",
                "S3OriginConfig": {"OriginAccessIdentity": ""}}]},
            "DefaultCacheBehavior": {
                "TargetOriginId": "files", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "managed"},
            "ViewerCertificate": {
                "ACMCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/x", "SSLSupportMethod": "sni-only"},
        })["Distribution"]["DistributionConfig"]
        return {
            "access": config["Origins"]["Items"][0].get("OriginAccessControlId", ""),
            "forwarded": "ForwardedValues" in config["DefaultCacheBehavior"],
            "default certificate": config["ViewerCertificate"]["CloudFrontDefaultCertificate"],
        }


class ResponseHeadersPolicies(Case, unittest.TestCase):
    defect = "404"
    cure = {"header": "Retry-After", "value": "900", "attached": True, "in use": "ResponseHeadersPolicyInUse",
            "gone": "NoSuchResponseHeadersPolicy"}

    def observe(self, account: Emulator) -> Any:
        cloudfront = account.client("cloudfront")

        def config(value: str) -> dict[str, Any]:
            return {"Name": "parked", "CustomHeadersConfig": {
                "Quantity": 1, "Items": [{"Header": "Retry-After", "Value": value, "Override": True}]}}

        def live() -> Any:
            made = cloudfront.create_response_headers_policy(ResponseHeadersPolicyConfig=config("600"))
            policy = made["ResponseHeadersPolicy"]["Id"]
            cloudfront.update_response_headers_policy(
                Id=policy, IfMatch=made["ETag"], ResponseHeadersPolicyConfig=config("900"))
            found = cloudfront.get_response_headers_policy(Id=policy)
            header = found["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"]["CustomHeadersConfig"]["Items"][0]
            distribution = {
                "CallerReference": "parked", "Comment": "", "Enabled": True,
                "Origins": {"Quantity": 1, "Items": [{
                    "Id": "files", "DomainName": "files.s3.amazonaws.com",
                    "S3OriginConfig": {"OriginAccessIdentity": ""}}]},
                "DefaultCacheBehavior": {
                    "TargetOriginId": "files", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "managed",
                    "ResponseHeadersPolicyId": policy},
            }
            attached = cloudfront.create_distribution(DistributionConfig=distribution)["Distribution"]
            in_use = _answer(lambda: cloudfront.delete_response_headers_policy(Id=policy, IfMatch=found["ETag"]))
            behaviour = distribution["DefaultCacheBehavior"]
            etag = cloudfront.get_distribution(Id=attached["Id"])["ETag"]
            cloudfront.update_distribution(Id=attached["Id"], IfMatch=etag, DistributionConfig={
                **distribution, "DefaultCacheBehavior": {**behaviour, "ResponseHeadersPolicyId": ""}})
            cloudfront.delete_response_headers_policy(Id=policy, IfMatch=found["ETag"])
            return {
                "header": header["Header"], "value": header["Value"],
                "attached": attached["DistributionConfig"]["DefaultCacheBehavior"]["ResponseHeadersPolicyId"] == policy,
                "in use": in_use, "gone": _answer(lambda: cloudfront.get_response_headers_policy(Id=policy)),
            }

        return _answer(live)


class SecurityGroups(Case, unittest.TestCase):
    defect = None
    cure = "from the balancer"

    def observe(self, account: Emulator) -> Any:
        ec2 = account.client("ec2")
        group = ec2.create_security_group(GroupName="tasks", Description="tasks")["GroupId"]
        rule = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{
            "IpProtocol": "tcp", "FromPort": 4200, "ToPort": 4200,
            "UserIdGroupPairs": [{"GroupId": group, "Description": "from the balancer"}],
        }])["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        rules = ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])["SecurityGroupRules"]
        return rules[0].get("Description")


class SecurityGroupsOfPrefixLists(Case, unittest.TestCase):
    defect = None
    cure = "from CloudFront"

    def observe(self, account: Emulator) -> Any:
        ec2 = account.client("ec2")
        group = ec2.create_security_group(GroupName="balancer", Description="balancer")["GroupId"]
        prefixes = ec2.describe_managed_prefix_lists()["PrefixLists"][0]["PrefixListId"]
        rule = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{
            "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
            "PrefixListIds": [{"PrefixListId": prefixes, "Description": "from CloudFront"}],
        }])["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        rules = ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])["SecurityGroupRules"]
        return rules[0].get("Description")


class PerformanceInsights(Case, unittest.TestCase):
    defect = None
    cure = True

    def observe(self, account: Emulator) -> Any:
        rds = account.client("rds")
        rds.create_db_cluster(
            DBClusterIdentifier="insights", Engine="aurora-postgresql", MasterUsername="u", MasterUserPassword="password")
        rds.create_db_instance(
            DBInstanceIdentifier="insights-1", DBClusterIdentifier="insights", Engine="aurora-postgresql",
            DBInstanceClass="db.serverless", EnablePerformanceInsights=True)
        return rds.describe_db_instances(DBInstanceIdentifier="insights-1")["DBInstances"][0].get("PerformanceInsightsEnabled")


class Ecs(Case, unittest.TestCase):
    asked: ClassVar[dict[str, Any]] = {
        "enableExecuteCommand": True,
        "healthCheckGracePeriodSeconds": 90,
        "availabilityZoneRebalancing": "ENABLED",
        "deploymentConfiguration": {"minimumHealthyPercent": 50, "maximumPercent": 150},
    }
    defect = dict.fromkeys(asked)
    cure = asked

    def observe(self, account: Emulator) -> Any:
        ecs = account.client("ecs")
        ecs.create_cluster(clusterName="prod")
        ecs.register_task_definition(
            family="portal", containerDefinitions=[{"name": "portal", "image": "portal", "memory": 128}])
        ecs.create_service(
            cluster="prod", serviceName="portal", taskDefinition="portal", desiredCount=1, **self.asked)
        service = ecs.describe_services(cluster="prod", services=["portal"])["services"][0]
        return {name: service.get(name) or None for name in self.asked}


class Rds(Case, unittest.TestCase):
    defect = True
    cure = False

    def observe(self, account: Emulator) -> Any:
        cluster = account.client("rds").create_db_cluster(
            DBClusterIdentifier="prefect", Engine="aurora-postgresql", MasterUsername="u", MasterUserPassword="password",
            ServerlessV2ScalingConfiguration={"MinCapacity": 0.5, "MaxCapacity": 1})["DBCluster"]
        return "ScalingConfigurationInfo" in cluster


class Lambda(Case, unittest.TestCase):
    defect = None
    cure = {"ReservedConcurrentExecutions": 0}

    def observe(self, account: Emulator) -> Any:
        role = account.client("iam").create_role(RoleName="ork", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        functions = account.client("lambda")
        functions.create_function(
            FunctionName="ork", Runtime="nodejs20.x", Role=role, Handler="index.handler", Code={"ZipFile": b"x"})
        functions.put_function_concurrency(FunctionName="ork", ReservedConcurrentExecutions=0)
        return functions.get_function(FunctionName="ork").get("Concurrency")


class ApplicationAutoScaling(Case, unittest.TestCase):
    defect = "InternalError"
    cure = {"environment": "prod", "owner": "data"}

    def observe(self, account: Emulator) -> Any:
        scaling = account.client("application-autoscaling")
        arn = scaling.register_scalable_target(
            ServiceNamespace="lambda", ResourceId="function:ork:live", MinCapacity=1, MaxCapacity=2,
            ScalableDimension="lambda:function:ProvisionedConcurrency", Tags={"environment": "prod", "old": "x"},
        )["ScalableTargetARN"]

        def change() -> Any:
            scaling.tag_resource(ResourceARN=arn, Tags={"owner": "data"})
            scaling.untag_resource(ResourceARN=arn, TagKeys=["old"])
            return scaling.list_tags_for_resource(ResourceARN=arn)["Tags"]

        return _answer(change)


class Budgets(Case, unittest.TestCase):
    defect = "InternalError"
    cure = {"subscribers": ["owner@example.test"], "tags": {"environment": "prod", "owner": "data"}}

    def observe(self, account: Emulator) -> Any:
        budgets = account.client("budgets")
        account_id, name = "123456789012", "monthly"
        notification = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80.0}
        budgets.create_budget(
            AccountId=account_id,
            Budget={"BudgetName": name, "BudgetType": "COST", "TimeUnit": "MONTHLY",
                    "BudgetLimit": {"Amount": "100", "Unit": "USD"}},
            NotificationsWithSubscribers=[{
                "Notification": notification,
                "Subscribers": [{"SubscriptionType": "EMAIL", "Address": "owner@example.test"}]}],
            ResourceTags=[{"Key": "environment", "Value": "prod"}, {"Key": "old", "Value": "x"}])
        arn = f"arn:aws:budgets::{account_id}:budget/{name}"

        def change() -> Any:
            subscribers = budgets.describe_subscribers_for_notification(
                AccountId=account_id, BudgetName=name, Notification=notification)["Subscribers"]
            budgets.tag_resource(ResourceARN=arn, ResourceTags=[{"Key": "owner", "Value": "data"}])
            budgets.untag_resource(ResourceARN=arn, ResourceTagKeys=["old"])
            tags = budgets.list_tags_for_resource(ResourceARN=arn)["ResourceTags"]
            return {
                "subscribers": [subscriber["Address"] for subscriber in subscribers],
                "tags": {tag["Key"]: tag["Value"] for tag in tags},
            }

        return _answer(change)


class Unimplemented(unittest.TestCase):
    """One action for each wire format: the refusal must be readable in all of them."""

    actions: ClassVar[dict[str, tuple[str, str, dict[str, Any]]]] = {
        "ec2": ("ec2", "describe_address_transfers", {}),
        "query": ("rds", "describe_reserved_db_instances", {}),
        "json": ("ecs", "submit_task_state_change", {}),
        "ecr layers": ("ecr", "initiate_layer_upload", {"repositoryName": "blog-data"}),
        "rest-json": (
            "lambda", "put_function_code_signing_config", {
                "FunctionName": "ork",
                "CodeSigningConfigArn": "arn:aws:lambda:eu-west-2:123456789012:code-signing-config:csc-0123456789abcdef0",
            }),
        "rest-xml": ("cloudfront", "get_origin_access_control_config", {"Id": "E2ACCESS"}),
    }

    def test_stock_moto_answers_as_in_an_outage(self) -> None:
        for format_name, (service, action, arguments) in self.actions.items():
            # Where the client expects XML it cannot even read moto's page.
            with self.subTest(format_name), self.assertRaisesRegex(
                    (ClientError, ResponseParserError), "Internal Server Error"):
                getattr(stock.client(service), action)(**arguments)

    def test_the_mend_refuses_once_and_names_service_and_action(self) -> None:
        for format_name, (service, action, arguments) in self.actions.items():
            with self.subTest(format_name):
                client = mended.client(service)
                with self.assertRaises(ClientError) as refusal:
                    getattr(client, action)(**arguments)
                answer = refusal.exception.response
                name = client.meta.method_to_api_mapping[action]
                self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 400)
                self.assertEqual(answer["Error"]["Code"], "UnsupportedOperation")
                self.assertIn(f"the sandbox's emulator does not implement {service} {name}", answer["Error"]["Message"])

    def test_s3_which_answers_by_itself_is_mended_too(self) -> None:
        self.assertEqual(stock.s3("PATCH", "/some-bucket")[0], 500)

        status, answer = mended.s3("PATCH", "/some-bucket")

        self.assertEqual(status, 400)
        self.assertIn("<Code>UnsupportedOperation</Code>", answer.decode())
        self.assertIn("does not implement s3 PATCH /some-bucket", answer.decode())


MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"


def _put_image(account: Emulator, repository: str, tag: str, layer_size: int) -> None:
    manifest = {"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": {"size": 10},
                "layers": [{"digest": f"sha256:{layer_size:064x}", "size": layer_size}]}
    account.client("ecr").put_image(
        repositoryName=repository, imageManifest=json.dumps(manifest), imageManifestMediaType=MANIFEST_TYPE,
        imageTag=tag, imageDigest=f"sha256:{layer_size:064x}")


class EcrAuthorization(Case, unittest.TestCase):
    """Without a registry the address leads nowhere, and never to AWS."""

    defect = ("https://123456789012.dkr.ecr.eu-west-2.amazonaws.com", "expired")
    cure = ("http://127.0.0.1:9", "valid")

    def observe(self, account: Emulator) -> Any:
        data = account.client("ecr").get_authorization_token()["authorizationData"][0]
        return data["proxyEndpoint"], "valid" if data["expiresAt"].timestamp() > time.time() else "expired"


class EcrPages(Case, unittest.TestCase):
    defect = [3]
    cure = [2, 1]

    def observe(self, account: Emulator) -> Any:
        ecr = account.client("ecr")
        ecr.create_repository(repositoryName="paged")
        for number in range(1, 4):
            _put_image(account, "paged", f"v{number}", number)
        pages = ecr.get_paginator("describe_images").paginate(
            repositoryName="paged", PaginationConfig={"PageSize": 2})
        return [len(page["imageDetails"]) for page in pages]


class EcrSize(Case, unittest.TestCase):
    defect = 10
    cure = 1010

    def observe(self, account: Emulator) -> Any:
        ecr = account.client("ecr")
        ecr.create_repository(repositoryName="sized")
        _put_image(account, "sized", "v1", 1000)
        return ecr.describe_images(repositoryName="sized")["imageDetails"][0]["imageSizeInBytes"]


class EcrTagTaken(Case, unittest.TestCase):
    defect = "ImageAlreadyExistsException"
    cure = "ImageTagAlreadyExistsException"

    def observe(self, account: Emulator) -> Any:
        account.client("ecr").create_repository(repositoryName="fixed", imageTagMutability="IMMUTABLE")
        _put_image(account, "fixed", "v1", 1)
        with self.assertRaises(ClientError) as refusal:
            _put_image(account, "fixed", "v1", 2)
        return refusal.exception.response["Error"]["Code"]


class DocumentedQuery(unittest.TestCase):
    """docs/images.md: the usual query answers with the newest image of any kind; asked for a family, it does not."""

    def test_the_usual_query_answers_with_another_family(self) -> None:
        ecr = mended.client("ecr")
        ecr.create_repository(repositoryName="blog-data")
        for number, tag in enumerate(("prefect-deployer-3-python3.12-1a2b3c4", "prefect-3-python3.12-ecs"), start=1):
            _put_image(mended, "blog-data", tag, number)
            time.sleep(1.1)  # the emulator counts pushes in whole seconds

        usual = "reverse(sort_by(imageDetails,&imagePushedAt))[0].imageTags"
        of_a_family = ("reverse(sort_by(imageDetails[?imageTags[?starts_with(@,'prefect-deployer-3-python3.12-')]],"
                       "&imagePushedAt))[0].imageTags[0]")
        documented = (pathlib.Path(__file__).parents[2] / "docs" / "images.md").read_text(encoding="utf-8")
        self.assertIn(usual, documented)
        self.assertIn(of_a_family, documented)

        answer = ecr.describe_images(repositoryName="blog-data")
        for image in answer["imageDetails"]:
            image["imagePushedAt"] = image["imagePushedAt"].isoformat()  # as the aws command line does
        self.assertEqual(jmespath.search(usual, answer), ["prefect-3-python3.12-ecs"])
        self.assertEqual(jmespath.search(of_a_family, answer), "prefect-deployer-3-python3.12-1a2b3c4")


def _answer(change: Any) -> Any:
    """The answer, or the code of the refusal; stock moto's HTTP 500 reaches a client under one of its own."""
    try:
        return change()
    except ClientError as refusal:
        if refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 500:
            return "InternalError"
        return refusal.response["Error"]["Code"]


if __name__ == "__main__":
    unittest.main()
