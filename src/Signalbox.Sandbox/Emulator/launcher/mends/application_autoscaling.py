"""Application Auto Scaling has no tags.

moto ignores the tags of RegisterScalableTarget and lacks TagResource, UntagResource and ListTagsForResource; AWS has
them. With stock moto the provider retries ListTagsForResource after every create, and the apply seems to hang.
"""
import json
from typing import Any

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Response

from launcher.mends.replacing import added_to, instead_of


def mend() -> None:
    @instead_of(Response, "register_scalable_target")
    def register_scalable_target(original: Any, self: Any) -> str:
        answer: str = original(self)
        _tags(self, json.loads(answer)["ScalableTargetARN"]).update(self._get_param("Tags") or {})
        return answer

    @added_to(Response)
    def list_tags_for_resource(self: Any) -> str:
        return json.dumps({"Tags": _tags(self, self._get_param("ResourceARN"))})

    @added_to(Response)
    def tag_resource(self: Any) -> str:
        _tags(self, self._get_param("ResourceARN")).update(self._get_param("Tags") or {})
        return "{}"

    @added_to(Response)
    def untag_resource(self: Any) -> str:
        tags = _tags(self, self._get_param("ResourceARN"))
        for key in self._get_param("TagKeys") or []:
            tags.pop(key, None)
        return "{}"


def _tags(response: Any, arn: str) -> dict[str, str]:
    """Kept on the backend, so that a snapshot and a reset treat them as the rest of the account."""
    by_arn: dict[str, dict[str, str]] = response.applicationautoscaling_backend.__dict__.setdefault("tags_by_arn", {})
    return by_arn.setdefault(arn, {})
