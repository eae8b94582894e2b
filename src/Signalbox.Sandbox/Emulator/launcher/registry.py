"""What leads a client of GetAuthorizationToken to the sandbox's registry, and lets it in."""
import hashlib
import hmac
import json
import pathlib
import time

LIFETIME_SECONDS = 12 * 60 * 60  # as ECR's tokens

# Nothing listens there: without a registry a client shall fail here, and never find its way to a real one.
NOWHERE = "http://127.0.0.1:9"


class Door:
    """The face checks the password with the same key; see Registry/Face/AuthorizationToken.cs."""

    def __init__(self, folder: pathlib.Path, key: str) -> None:
        self._record = folder / "registry" / "registry.json"
        self._key = key

    def address(self) -> str:
        try:
            return f"http://127.0.0.1:{int(json.loads(self._record.read_text(encoding='utf-8'))['port'])}"
        except (OSError, ValueError, KeyError, TypeError):
            return NOWHERE

    def password(self, expires: int) -> str:
        seal = hmac.new(self._key.encode(), f"registry {expires}".encode(), hashlib.sha256).hexdigest()
        return f"{expires}.{seal}"

    def expiry(self) -> int:
        return int(time.time()) + LIFETIME_SECONDS


door: Door | None = None


def open_for(folder: pathlib.Path, key: str) -> None:
    global door
    door = Door(folder, key)
