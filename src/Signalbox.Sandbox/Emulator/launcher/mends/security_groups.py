"""EC2 loses the description of a security-group rule whose peer is another group.

moto reads the description from the rule's address range only; AWS keeps it whatever the peer is. With stock moto
every plan proposes to set the descriptions of such rules again.
"""
from typing import Any

from moto.ec2.models.security_groups import SecurityGroupRule


def mend() -> None:
    stock = SecurityGroupRule.description.fget

    def description(self: Any) -> str | None:
        return stock(self) or self.source_group.get("Description")

    SecurityGroupRule.description = property(description)
