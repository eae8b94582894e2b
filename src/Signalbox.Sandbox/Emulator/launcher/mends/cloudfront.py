"""CloudFront forgets parts of a distribution and invents others.

moto drops an origin's OriginAccessControlId, answers ForwardedValues for a behaviour that uses a cache policy, and
says CloudFrontDefaultCertificate for a distribution with a certificate of ACM. AWS answers what it was given. With
stock moto every plan proposes to put the access control and the certificate back.
"""
from typing import Any

from moto.cloudfront import models

from launcher.mends.replacing import instead_of


def mend() -> None:
    @instead_of(models.Origin, "__init__")
    def origin(original: Any, self: Any, config: dict[str, Any]) -> None:
        original(self, config)
        self.origin_access_control_id = config.get("OriginAccessControlId") or ""

    @instead_of(models.DefaultCacheBehaviour, "__init__")
    def behaviour(original: Any, self: Any, config: dict[str, Any]) -> None:
        has_forwarded_values = "ForwardedValues" in config
        original(self, config)
        if not has_forwarded_values:
            self.forwarded_values = None

    @instead_of(models.ViewerCertificate, "__init__")
    def certificate(original: Any, self: Any, config: dict[str, Any]) -> None:
        original(self, config)
        if config.get("ACMCertificateArn") and "CloudFrontDefaultCertificate" not in config:
            self.cloud_front_default_certificate = False
            self.certificate_source = "acm"
