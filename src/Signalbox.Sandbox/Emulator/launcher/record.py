"""The file that says which process is the emulator, written so that a reader can check it instead of trusting it."""
import datetime
import fcntl
import json
import os
import pathlib
import secrets
import subprocess
import sys
import time


class Record:
    """Written before the emulator starts (without a port) and again when it answers; removed when it ends."""

    def __init__(self, folder: pathlib.Path, build: str, moto: str) -> None:
        self.token = secrets.token_hex(32)
        self._path = folder / "emulator.json"
        self._content = {
            "process": os.getpid(),
            "processStarted": _process_started(),
            "port": None,
            "token": self.token,
            "build": build,
            "moto": moto,
            "startedAt": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        }

    def write(self, port: int | None = None) -> None:
        self._content["port"] = port
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(self._content, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)

    def is_ours(self) -> bool:
        """False once somebody removed or replaced the file: then nobody can find this emulator any more."""
        try:
            return bool(json.loads(self._path.read_text(encoding="utf-8"))["token"] == self.token)
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def remove(self) -> None:
        if self.is_ours():
            self._path.unlink(missing_ok=True)


def lock(folder: pathlib.Path, patience: float) -> int | None:
    """Held for the emulator's life, so that a folder never has two; None when another one keeps it for `patience` seconds."""
    descriptor = os.open(folder / "emulator.lock", os.O_RDWR | os.O_CREAT, 0o600)
    limit = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        except BlockingIOError:
            if time.monotonic() > limit:
                os.close(descriptor)
                return None
            time.sleep(0.05)


def _process_started() -> str:
    """Together with the process id this names one process for ever; ProcessIdentity.cs reads it the same way."""
    if sys.platform == "linux":
        fields = pathlib.Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return fields[19]  # field 22 of proc(5), counted from the state, which follows the name in brackets
    answer = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(os.getpid())],
        env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True, check=True)
    return answer.stdout.strip()
