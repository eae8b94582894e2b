"""ECR gives out a registry, a size and an exception that are not AWS's.

GetAuthorizationToken names a host that is not ours and a token that expired in 2015; here it leads to the sandbox's
registry. DescribeImages ignores maxResults and nextToken and counts the configuration instead of the layers. PutImage of
other content under an immutable tag says ImageAlreadyExistsException; AWS says ImageTagAlreadyExistsException.
"""
import base64
import json
from typing import Any

from moto.core.exceptions import ServiceException
from moto.ecr.exceptions import ImageAlreadyExistsException
from moto.ecr.models import ECRBackend, Image
from moto.ecr.responses import ECRResponse
from moto.core.responses import ActionResult

from launcher import registry
from launcher.mends.replacing import instead_of

MOST_RESULTS = 1000
USUAL_RESULTS = 100


class ImageTagAlreadyExistsException(ServiceException):
    code = "ImageTagAlreadyExistsException"


def mend() -> None:
    @instead_of(ECRResponse, "get_authorization_token")
    def get_authorization_token(original: Any, self: Any) -> Any:
        door = registry.door
        if door is None:
            return original(self)
        expires = door.expiry()
        token = base64.b64encode(f"AWS:{door.password(expires)}".encode()).decode()
        return ActionResult({"authorizationData": [
            {"authorizationToken": token, "expiresAt": expires, "proxyEndpoint": door.address()}]})

    @instead_of(ECRResponse, "describe_images")
    def describe_images(original: Any, self: Any) -> Any:
        answer = original(self)
        if self._get_param("imageIds"):
            return answer
        found = answer._result["imageDetails"]
        first = int(self._get_param("nextToken") or 0)
        count = min(int(self._get_param("maxResults") or USUAL_RESULTS), MOST_RESULTS)
        answer._result["imageDetails"] = found[first:first + count]
        if first + count < len(found):
            answer._result["nextToken"] = str(first + count)
        return answer

    @instead_of(Image, "get_image_size_in_bytes")
    def get_image_size_in_bytes(original: Any, self: Any) -> int | None:
        manifest = json.loads(self.image_manifest)
        sizes = [layer.get("size") for layer in manifest.get("layers", [])]
        if not sizes or None in sizes:
            return original(self)
        return sum(sizes) + manifest.get("config", {}).get("size", 0)

    @instead_of(ECRBackend, "put_image")
    def put_image(
        original: Any, self: Any, repository_name: str, image_manifest: str, image_tag: str,
        image_manifest_mediatype: str | None = None, digest: str | None = None,
    ) -> Any:
        try:
            return original(self, repository_name, image_manifest, image_tag, image_manifest_mediatype, digest)
        except ImageAlreadyExistsException:
            tagged = [image for image in self.repositories[repository_name].images if image_tag in image.image_tags]
            if tagged and tagged[0].image_manifest != image_manifest:
                raise ImageTagAlreadyExistsException(
                    f"The image tag '{image_tag}' already exists in the '{repository_name}' repository and cannot be "
                    "overwritten because the repository is immutable.") from None
            raise
