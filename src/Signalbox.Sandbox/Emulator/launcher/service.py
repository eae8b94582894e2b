"""The emulator's life: lock, record, mends, server, and a decent end."""
import http.client
import os
import pathlib
import signal
import threading
from typing import Any, Callable

from launcher import record, registry

WATCH_SECONDS = 1.0

# Enough for an emulator whose record was taken away to notice it and end.
PATIENCE_SECONDS = 4.0


def run(folder: pathlib.Path, build: str, moto: str, ready: Callable[[], None]) -> int:
    held = record.lock(folder, PATIENCE_SECONDS)
    if held is None:
        print("another emulator of this folder is alive")
        return 1

    stop = threading.Event()
    for word in (signal.SIGTERM, signal.SIGINT):
        signal.signal(word, lambda *_: stop.set())

    mine = record.Record(folder, build, moto)
    mine.write()
    registry.open_for(folder, mine.token)
    try:
        server = _server(mine.token)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _knock(server.port, mine.token)
        mine.write(server.port)
        print(f"answering on 127.0.0.1:{server.port}")
        ready()

        # A record that is gone means that no command can find or stop this process: it ends by itself.
        while not stop.wait(WATCH_SECONDS) and mine.is_ours():
            pass
        server.shutdown()
        print("ended")
        return 0
    finally:
        mine.remove()


def _server(token: str) -> Any:
    # moto reads its settings when it is imported.
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    os.environ["MOTO_ACM_VALIDATION_WAIT"] = "1"

    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    from launcher import attempts, doors, mends

    mends.apply(os.environ.get("SIGNALBOX_MENDS_OFF", ""))
    account = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, doors.beside(attempts.once(account), token), threaded=True)
    os.environ["MOTO_PORT"] = str(server.port)  # for the requests that moto sends to itself
    return server


def _knock(port: int, token: str) -> None:
    """Readiness is an answer, not a listening socket."""
    from launcher import doors

    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    caller.request("GET", doors.ALIVE, headers={doors.TOKEN_HEADER: token})
    if caller.getresponse().status != 200:
        raise RuntimeError("the emulator does not answer its own door")
    caller.close()
