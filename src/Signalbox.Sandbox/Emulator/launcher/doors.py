"""The paths that Signalbox itself calls, beside the emulated account's; each asks for the token of this start."""
import hmac
import json
import os
from typing import Any, Callable

from launcher import snapshot

ALIVE = "/_signalbox/alive"
SNAPSHOT = "/_signalbox/snapshot"
TOKEN_HEADER = "X-Signalbox-Token"

Application = Callable[[dict[str, Any], Any], Any]


def beside(account: Application, token: str) -> Application:
    """No bucket can be called `_signalbox`, so the prefix takes nothing from the account."""

    def answer(environ: dict[str, Any], start: Any) -> Any:
        if not environ.get("PATH_INFO", "").startswith("/_signalbox/"):
            return account(environ, start)
        # A snapshot is code to whoever loads it: without the token any local program could run its own in here.
        if not hmac.compare_digest(environ.get("HTTP_X_SIGNALBOX_TOKEN", "").encode(), token.encode()):
            return _say(start, "403 Forbidden", {"problem": "the token of this start is missing or wrong"})
        return _behind(environ, start)

    return answer


def _behind(environ: dict[str, Any], start: Any) -> Any:
    match environ["REQUEST_METHOD"], environ["PATH_INFO"]:
        case "GET", path if path == ALIVE:
            return _say(start, "200 OK", {"process": os.getpid()})
        case "GET", path if path == SNAPSHOT:
            try:
                content = snapshot.take()
            except snapshot.Unsavable as problem:
                return _say(start, "409 Conflict", {"problem": str(problem)})
            start("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(content)))])
            return [content]
        case "PUT", path if path == SNAPSHOT:
            snapshot.restore(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
            return _say(start, "200 OK", {"process": os.getpid()})
    return _say(start, "404 Not Found", {"problem": "no such door"})


def _say(start: Any, status: str, answer: dict[str, Any]) -> list[bytes]:
    content = json.dumps(answer).encode()
    start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(content)))])
    return [content]
