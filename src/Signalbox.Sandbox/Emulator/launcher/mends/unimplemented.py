"""An action that moto lacks looks like an outage.

moto raises NotImplementedError, which the server turns into HTTP 500. The provider takes 5xx for a passing fault and
retries up to 25 times with growing pauses: ten minutes of silence. AWS answers a request that it does not support with
HTTP 400 and a code that nobody retries, and so does the emulator, naming the service and the action.
"""
from typing import Any
from xml.sax.saxutils import escape

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse
from moto.moto_server.werkzeug_app import DomainDispatcherApplication

from launcher.mends.replacing import instead_of

CODE = "UnsupportedOperation"


class Unsupported(ServiceException):
    """Of this module, because moto looks up an exception's error shape in the service that its module names."""

    code = CODE


def mend() -> None:
    @instead_of(BaseResponse, "call_action")
    def call_action(original: Any, self: Any) -> Any:
        try:
            return original(self)
        except NotImplementedError as missing:
            return _refusal(self, missing)

    @instead_of(DomainDispatcherApplication, "__call__")
    def application(original: Any, self: Any, environ: dict[str, Any], start: Any) -> Any:
        """For the services, S3 first, that do not go through call_action."""
        try:
            return original(self, environ, start)
        except NotImplementedError as missing:
            action = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
            content = (
                '<?xml version="1.0" encoding="UTF-8"?>'
                f"<Error><Code>{CODE}</Code><Message>{escape(_message('s3', action, missing))}</Message></Error>"
            ).encode()
            start("400 Bad Request", [("Content-Type", "application/xml"), ("Content-Length", str(len(content)))])
            return [content]


def _refusal(response: Any, missing: NotImplementedError) -> Any:
    message = _message(response.boto3_service_name, response._get_action(), missing)
    _, headers, body = response.serialized(ActionResult(Unsupported(message)))
    return 400, {**headers, "status": "400"}, body


def _message(service: str, action: str, missing: NotImplementedError) -> str:
    return f"the sandbox's emulator does not implement {service} {action} ({missing})"
