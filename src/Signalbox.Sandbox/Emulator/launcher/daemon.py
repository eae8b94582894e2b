"""A process that outlives its starter and its terminal, whose starter waits until it is ready or dead."""
import os
import pathlib
import signal
import sys
import traceback
from typing import Callable

READY = b"+"


def start(log: pathlib.Path, run: Callable[[Callable[[], None]], int]) -> int:
    """Runs `run` in a session of its own; returns 0 when it has called its argument, 1 when it ended before."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os._exit(_live(log, run, writing))

    os.close(writing)

    def give_up(number: int, _: object) -> None:
        os.kill(child, signal.SIGTERM)
        sys.exit(128 + number)

    signal.signal(signal.SIGINT, give_up)
    signal.signal(signal.SIGTERM, give_up)
    return 0 if os.read(reading, 1) == READY else 1


def _live(log: pathlib.Path, run: Callable[[Callable[[], None]], int], writing: int) -> int:
    os.setsid()
    os.chdir("/")
    os.umask(0o077)
    _redirect(log)

    def ready() -> None:
        try:
            os.write(writing, READY)
        except BrokenPipeError:
            pass  # the starter was killed; the record tells the next one that we are here
        os.close(writing)

    try:
        return run(ready)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _redirect(log: pathlib.Path) -> None:
    if log.exists():
        log.replace(log.with_suffix(".previous.log"))
    nothing = os.open(os.devnull, os.O_RDONLY)
    lines = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(lines, 1)
    os.dup2(lines, 2)
    os.close(nothing)
    os.close(lines)
