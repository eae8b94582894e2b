"""ECS CreateService ignores what UpdateService keeps.

moto drops enableExecuteCommand, healthCheckGracePeriodSeconds, availabilityZoneRebalancing and
deploymentConfiguration when a service is created; AWS stores them. With stock moto the plan after an apply proposes
to update every service.
"""
from typing import Any

from moto.ecs.responses import EC2ContainerServiceResponse

from launcher.mends.replacing import instead_of


def mend() -> None:
    @instead_of(EC2ContainerServiceResponse, "create_service")
    def create_service(original: Any, self: Any) -> Any:
        answer = original(self)
        service = answer._result["service"]
        service.enable_execute_command = bool(self._get_param("enableExecuteCommand"))
        service.health_check_grace_period_seconds = self._get_param("healthCheckGracePeriodSeconds")
        service.availability_zone_rebalancing = self._get_param("availabilityZoneRebalancing") or "DISABLED"
        if self._get_param("deploymentConfiguration"):
            service.deployment_configuration = self._get_param("deploymentConfiguration")
        return answer
