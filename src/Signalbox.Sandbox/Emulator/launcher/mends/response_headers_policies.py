"""CloudFront lacks response headers policies.

moto keeps a behaviour's ResponseHeadersPolicyId and has no policies that it could name. AWS makes, answers, changes and
removes them. With stock moto an environment that adds a header at the edge cannot be applied.
"""
import uuid
from datetime import datetime, timezone
from typing import Any

from moto.cloudfront import urls
from moto.cloudfront.exceptions import CloudFrontException
from moto.cloudfront.responses import CloudFrontResponse
from moto.core.responses import ActionResult, EmptyResult

from launcher.mends.replacing import added_to

PATH = "{0}/2020-05-31/response-headers-policy"


class NoSuchResponseHeadersPolicy(CloudFrontException):
    def __init__(self) -> None:
        super().__init__("NoSuchResponseHeadersPolicy", "The response headers policy does not exist.")


class ResponseHeadersPolicyInUse(CloudFrontException):
    def __init__(self) -> None:
        super().__init__("ResponseHeadersPolicyInUse", "The response headers policy is attached to a cache behavior.")


def mend() -> None:
    urls.url_paths[f"{PATH}$"] = CloudFrontResponse.dispatch
    urls.url_paths[f"{PATH}/(?P<policy_id>[^/]+)$"] = CloudFrontResponse.dispatch

    @added_to(CloudFrontResponse)
    def create_response_headers_policy(self: Any) -> ActionResult:
        return _written(self, str(uuid.uuid4()))

    @added_to(CloudFrontResponse)
    def get_response_headers_policy(self: Any) -> ActionResult:
        return ActionResult(_found(self))

    @added_to(CloudFrontResponse)
    def update_response_headers_policy(self: Any) -> ActionResult:
        return _written(self, _found(self)["ResponseHeadersPolicy"]["Id"])

    @added_to(CloudFrontResponse)
    def delete_response_headers_policy(self: Any) -> EmptyResult:
        policy = _found(self)["ResponseHeadersPolicy"]["Id"]
        behaviours = (d.distribution_config.DefaultCacheBehavior for d in self.backend.distributions.values())
        if any(behaviour.response_headers_policy_id == policy for behaviour in behaviours):
            raise ResponseHeadersPolicyInUse
        del _policies(self)[policy]
        return EmptyResult()


def _policies(response: Any) -> dict[str, dict[str, Any]]:
    policies: dict[str, dict[str, Any]] = response.backend.__dict__.setdefault("response_headers_policies", {})
    return policies


def _found(response: Any) -> dict[str, Any]:
    if (policy := _policies(response).get(response._get_param("Id"))) is None:
        raise NoSuchResponseHeadersPolicy
    return policy


def _written(response: Any, policy: str) -> ActionResult:
    written = {
        "ResponseHeadersPolicy": {
            "Id": policy,
            "LastModifiedTime": datetime.now(timezone.utc),
            "ResponseHeadersPolicyConfig": response._get_param("ResponseHeadersPolicyConfig"),
        },
        "ETag": f"E{uuid.uuid4().hex[:13].upper()}",
        "Location": f"https://cloudfront.amazonaws.com/2020-05-31/response-headers-policy/{policy}",
    }
    _policies(response)[policy] = written
    return ActionResult(written)
