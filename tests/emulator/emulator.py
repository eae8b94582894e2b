"""A real emulator for a test: started by the launcher that ships, found by its record, stopped by a signal."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from typing import Any

import boto3
from botocore.config import Config

PACKAGE = pathlib.Path(__file__).parents[2] / "src" / "Signalbox.Sandbox" / "Emulator"
REGION = "eu-west-2"


class Emulator:
    def __init__(self, mends_off: str = "") -> None:
        self._kept = tempfile.TemporaryDirectory(prefix="signalbox-emulator-")
        self.folder = pathlib.Path(self._kept.name)
        started = self.launch(mends_off)
        if started.returncode != 0:
            raise RuntimeError(started.stderr + self.log())
        self.record = json.loads((self.folder / "emulator.json").read_text())
        self.endpoint = f"http://127.0.0.1:{self.record['port']}"

    def launch(self, mends_off: str = "", also_on_path: str = "") -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "PYTHONPATH": os.pathsep.join(filter(None, [also_on_path, str(PACKAGE)])),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SIGNALBOX_MENDS_OFF": mends_off,
        }
        return subprocess.run(
            [sys.executable, "-m", "launcher", "--folder", str(self.folder), "--build", "test"],
            env=environment, capture_output=True, text=True, timeout=60, check=False)

    def client(self, service: str) -> Any:
        return boto3.client(
            service, endpoint_url=self.endpoint, region_name=REGION,
            aws_access_key_id="SIGNALBOXSANDBOXONLY", aws_secret_access_key="not-a-secret",
            config=Config(retries={"total_max_attempts": 1}, proxies={}))

    def door(self, method: str, path: str, token: str | None = None, body: bytes | None = None) -> tuple[int, bytes]:
        return self._ask(method, path, {"X-Signalbox-Token": self.record["token"] if token is None else token}, body)

    def s3(self, method: str, path: str) -> tuple[int, bytes]:
        """A request that no client library would make."""
        scope = f"SIGNALBOXSANDBOXONLY/20260101/{REGION}/s3/aws4_request"
        signature = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"
        return self._ask(method, path, {"Authorization": signature}, None)

    def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> tuple[int, bytes]:
        request = urllib.request.Request(self.endpoint + path, data=body, method=method, headers=headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read()

    def is_alive(self) -> bool:
        stat = pathlib.Path(f"/proc/{self.record['process']}/stat")
        try:
            return stat.read_text().rpartition(")")[2].split()[0] not in "ZX"
        except OSError:
            return False

    def ends(self, within: float = 10.0) -> bool:
        """Waits, within a bound, for the process to be gone."""
        limit = time.monotonic() + within
        while self.is_alive() and time.monotonic() < limit:
            time.sleep(0.02)
        return not self.is_alive()

    def log(self) -> str:
        log = self.folder / "emulator.log"
        return log.read_text() if log.exists() else ""

    def stop(self) -> None:
        if self.is_alive():
            os.kill(self.record["process"], signal.SIGTERM)
            self.ends()
        self._kept.cleanup()
