"""RDS forgets that an Aurora instance has Performance Insights.

moto takes the three settings and answers as if they were off; AWS keeps them. With stock moto every plan proposes to
switch Performance Insights on again.
"""
from typing import Any

from moto.rds.models import DBInstance

from launcher.mends.replacing import instead_of


def mend() -> None:
    @instead_of(DBInstance, "__init__")
    def init(stock: Any, self: Any, *arguments: Any, **named: Any) -> None:
        stock(self, *arguments, **named)
        remember(self, named)

    @instead_of(DBInstance, "update")
    def update(stock: Any, self: Any, *arguments: Any, **named: Any) -> None:
        stock(self, *arguments, **named)
        remember(self, named)


def remember(instance: Any, asked: dict[str, Any]) -> None:
    if asked.get("enable_performance_insights") is None:
        return
    instance.performance_insights_enabled = bool(asked["enable_performance_insights"])
    instance.performance_insights_kms_key_id = asked.get("performance_insights_kms_key_id")
    instance.performance_insights_retention_period = asked.get("performance_insights_retention_period")
