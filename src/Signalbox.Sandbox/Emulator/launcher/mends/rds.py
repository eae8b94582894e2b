"""RDS invents a ScalingConfigurationInfo for clusters that have none.

moto answers one with empty members for every cluster; AWS answers it for Aurora Serverless v1 only. With stock moto
the provider reads a scaling_configuration block that nobody wrote, and every plan proposes to remove it.
"""
from typing import Any

from moto.rds.models import DBCluster


def mend() -> None:
    stock = DBCluster.scaling_configuration_info.fget

    def scaling_configuration_info(self: Any) -> dict[str, Any] | None:
        return stock(self) if self.scaling_configuration else None

    DBCluster.scaling_configuration_info = property(scaling_configuration_info)
