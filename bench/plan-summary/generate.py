#!/usr/bin/env python3
"""Writes a plan in the form of `terraform show -json`: 20,000 resources in about 200 MB, the same bytes each time.

usage: generate.py FILE [RESOURCES]
"""
import json
import random
import sys

KINDS = [
    ("aws_ecs_service", 30), ("aws_ecs_task_definition", 20), ("aws_iam_role", 15), ("aws_security_group", 10),
    ("aws_s3_bucket", 10), ("aws_rds_cluster", 5), ("aws_lambda_function", 10),
]
ACTIONS = [(["no-op"], 55), (["update"], 25), (["create"], 15), (["delete"], 3), (["delete", "create"], 2)]


def pick(chance, weighted):
    return chance.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]


def words(chance, count):
    return " ".join("%08x" % chance.getrandbits(32) for _ in range(count))


def attributes(chance, kind, index):
    policy = {"Version": "2012-10-17", "Statement": [
        {"Sid": f"S{n}", "Effect": "Allow", "Action": [f"s3:Get{n}", "logs:PutLogEvents"], "Resource": f"arn:aws:s3:::bucket-{index}-{n}/*"}
        for n in range(4)]}
    containers = [{"name": f"c{n}", "image": f"123456789012.dkr.ecr.eu-west-2.amazonaws.com/app:sha-{index:07x}", "memory": 512,
                   "environment": [{"name": f"V{v}", "value": words(chance, 2)} for v in range(8)]} for n in range(2)]
    values = {
        "name": f"{kind}-{index}", "arn": f"arn:aws:x:eu-west-2:123456789012:{kind}/{index}", "id": f"id-{index}",
        "description": words(chance, 100), "desired_count": chance.randrange(9), "tags": {f"tag{n}": words(chance, 4) for n in range(20)},
        "subnet_ids": ["subnet-%017x" % chance.getrandbits(68) for _ in range(6)],
        "password": f"planted-secret-{index:06d}",
    }
    if kind == "aws_iam_role":
        values["assume_role_policy"] = json.dumps(policy)
    if kind == "aws_ecs_task_definition":
        values["container_definitions"] = json.dumps(containers)
    if kind == "aws_security_group":
        values["ingress"] = [{"cidr_blocks": ["10.0.0.0/8"], "from_port": port, "to_port": port, "protocol": "tcp"} for port in range(8)]
    return values


def resource(chance, index):
    kind, actions = pick(chance, KINDS), pick(chance, ACTIONS)
    before = None if actions == ["create"] else attributes(chance, kind, index)
    after = None if actions == ["delete"] else dict(before or attributes(chance, kind, index))
    if before and after and actions != ["no-op"]:
        after = after | {"desired_count": after["desired_count"] + 1, "description": words(chance, 100)}
    module = f"module.area{index % 40}"
    address = f"{module}.{kind}.this[{index}]"
    mask = {"password": True, "tags": {}, "subnet_ids": [False] * 6}
    unknown = {"arn": True, "id": True} if actions != ["no-op"] and after else {}
    for name in unknown:
        after.pop(name, None)
    change = {"address": address, "module_address": module, "mode": "managed", "type": kind, "name": "this", "index": index,
              "provider_name": "registry.terraform.io/hashicorp/aws",
              "change": {"actions": actions, "before": before, "after": after, "after_unknown": unknown,
                         "before_sensitive": mask if before else False, "after_sensitive": mask if after else False}}
    state = {"address": address, "mode": "managed", "type": kind, "name": "this", "index": index, "schema_version": 0,
             "provider_name": "registry.terraform.io/hashicorp/aws", "values": before, "sensitive_values": mask} if before else None
    planned = {"address": address, "mode": "managed", "type": kind, "name": "this", "index": index, "schema_version": 0,
               "provider_name": "registry.terraform.io/hashicorp/aws", "values": after, "sensitive_values": mask} if after else None
    return change, state, planned


def main(path, count):
    # Three walks with the same seed instead of one that holds everything.
    def column(number):
        chance = random.Random(20261124)
        return (resource(chance, index)[number] for index in range(count))

    with open(path, "w", encoding="utf-8") as file:
        file.write('{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{"resources":[')
        for number, prefix in ((2, None), (0, ']}},"resource_changes":['), (1, '],"output_changes":{},"prior_state":{"format_version":"1.0",'
                               '"values":{"root_module":{"resources":[')):
            if prefix:
                file.write(prefix)
            first = True
            for item in column(number):
                if item:
                    file.write(("" if first else ",") + json.dumps(item, separators=(",", ":")))
                    first = False
        file.write(']}}},"configuration":{"root_module":{}},"timestamp":"2026-11-24T00:00:00Z","applyable":true,"complete":true,"errored":false}\n')


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
