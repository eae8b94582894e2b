"""A call whose answer was lost on its way is attempted again by its client; it must not be done twice."""
import unittest
from typing import Any, ClassVar

from botocore.exceptions import ClientError
from emulator import Emulator

INVOCATION = "amz-sdk-invocation-id"


class Attempts(unittest.TestCase):
    emulator: ClassVar[Emulator]

    @classmethod
    def setUpClass(cls) -> None:
        cls.emulator = Emulator()
        cls.addClassCleanup(cls.emulator.stop)

    def client_of_one_invocation(self, service: str, name: str) -> Any:
        """Every call of this client is an attempt at the same thing."""
        client = self.emulator.client(service)

        def mark(request: Any, **_: Any) -> None:
            request.headers[INVOCATION] = name

        client.meta.events.register("before-send", mark)
        return client

    def test_a_second_attempt_is_answered_as_the_first_was(self) -> None:
        ec2 = self.client_of_one_invocation("ec2", "one")
        network = self.emulator.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        arguments = {"GroupName": "database", "Description": "database", "VpcId": network}

        first = ec2.create_security_group(**arguments)
        second = ec2.create_security_group(**arguments)

        self.assertEqual(first["GroupId"], second["GroupId"])

    def test_a_refusal_is_repeated_too(self) -> None:
        iam = self.client_of_one_invocation("iam", "refused")
        for _ in range(2):
            with self.assertRaises(ClientError) as refused:
                iam.get_role(RoleName="nobody")
            self.assertEqual(refused.exception.response["Error"]["Code"], "NoSuchEntity")

    def test_another_invocation_is_another_call(self) -> None:
        arguments = {"RoleName": "worker", "AssumeRolePolicyDocument": "{}"}
        self.client_of_one_invocation("iam", "two").create_role(**arguments)

        with self.assertRaises(ClientError) as refused:
            self.client_of_one_invocation("iam", "three").create_role(**arguments)

        self.assertEqual(refused.exception.response["Error"]["Code"], "EntityAlreadyExists")

    def test_what_is_only_read_is_read_anew(self) -> None:
        s3 = self.client_of_one_invocation("s3", "read")
        plain = self.emulator.client("s3")
        plain.create_bucket(Bucket="things", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        for content in (b"one", b"two"):
            plain.put_object(Bucket="things", Key="thing", Body=content)
            self.assertEqual(s3.get_object(Bucket="things", Key="thing")["Body"].read(), content)
