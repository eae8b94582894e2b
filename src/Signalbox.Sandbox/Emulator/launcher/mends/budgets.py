"""Budgets lacks the subscribers of a notification, and tags.

moto stores subscribers but has no DescribeSubscribersForNotification; it ignores ResourceTags and lacks TagResource,
UntagResource and ListTagsForResource. AWS has them all. With stock moto the provider retries the missing actions
after creating a budget, and the apply seems to hang.
"""
import json
from typing import Any

from moto.budgets.responses import BudgetsResponse

from launcher.mends.replacing import added_to, instead_of


def mend() -> None:
    @added_to(BudgetsResponse)
    def describe_subscribers_for_notification(self: Any) -> str:
        budget = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
        wanted = _identity(self._get_param("Notification"))
        found = (n.subscribers for n in budget.notifications if _identity(n.details) == wanted)
        return json.dumps({"Subscribers": next(found, [])})

    @instead_of(BudgetsResponse, "create_budget")
    def create_budget(original: Any, self: Any) -> str:
        answer: str = original(self)
        name = self._get_param("Budget")["BudgetName"]
        arn = f"arn:aws:budgets::{self._get_param('AccountId')}:budget/{name}"
        self.backend.__dict__.setdefault("tags_by_arn", {})[arn] = _pairs(self._get_param("ResourceTags"))
        return answer

    @added_to(BudgetsResponse)
    def list_tags_for_resource(self: Any) -> str:
        return json.dumps({"ResourceTags": [{"Key": key, "Value": value} for key, value in _tags(self).items()]})

    @added_to(BudgetsResponse)
    def tag_resource(self: Any) -> str:
        _tags(self).update(_pairs(self._get_param("ResourceTags")))
        return "{}"

    @added_to(BudgetsResponse)
    def untag_resource(self: Any) -> str:
        for key in self._get_param("ResourceTagKeys") or []:
            _tags(self).pop(key, None)
        return "{}"


def _identity(notification: dict[str, Any]) -> tuple[Any, ...]:
    """AWS tells notifications of a budget apart by these three."""
    return (
        notification.get("NotificationType"),
        notification.get("ComparisonOperator"),
        float(notification.get("Threshold", 0)),
    )


def _pairs(tags: list[dict[str, str]] | None) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in tags or []}


def _tags(response: Any) -> dict[str, str]:
    by_arn: dict[str, dict[str, str]] = response.backend.__dict__.setdefault("tags_by_arn", {})
    return by_arn.setdefault(response._get_param("ResourceARN"), {})
