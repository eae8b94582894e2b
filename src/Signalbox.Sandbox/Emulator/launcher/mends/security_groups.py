"""EC2 loses the description of a security-group rule whose peer is another group or a prefix list.

moto reads the description from the rule's address range only; AWS keeps it whatever the peer is. With stock moto
every plan proposes to set the descriptions of such rules again.
"""
from typing import Any

from moto.ec2.models.security_groups import SecurityGroupRule

from launcher.mends.replacing import instead_of

PREFIX_LIST_POSITION = 7  # among the arguments after self, where moto gives it without its name


def mend() -> None:
    @instead_of(SecurityGroupRule, "__init__")
    def init(stock: Any, self: Any, *arguments: Any, **named: Any) -> None:
        stock(self, *arguments, **named)
        positional = arguments[PREFIX_LIST_POSITION] if len(arguments) > PREFIX_LIST_POSITION else None
        self.prefix_list_peer = named.get("prefix_list_id", positional)

    stock = SecurityGroupRule.description.fget

    def description(self: Any) -> str | None:
        peers = (self.source_group, self.prefix_list_peer or {})
        return stock(self) or next((peer["Description"] for peer in peers if peer.get("Description")), None)

    SecurityGroupRule.description = property(description)
