"""A call that is attempted again is answered again, and not done again.

AWS's clients repeat a call whose answer they lost, which happens on a machine under load, and mark every attempt with
the same `amz-sdk-invocation-id` (AWS SDKs reference guide, "Retry behavior"). Many of AWS's services know such a
repetition by a client token. moto knows none: the repetition finds what the first attempt made, and an apply ends in
`InvalidGroup.Duplicate` or `EntityAlreadyExists` although nobody made anything twice.
"""
import collections
import threading
from typing import Any, Callable, Iterable, NamedTuple

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

REMEMBERED = 2_000
LARGEST_BYTES = 262_144

# As long as a client could wait for the first attempt that is still being done.
PATIENCE_SECONDS = 60.0


class Answer(NamedTuple):
    status: str
    headers: list[tuple[str, str]]
    content: bytes


class Call:
    """One call of a client, however often it is attempted."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.answer: Answer | None = None


def once(account: Application) -> Application:
    calls: collections.OrderedDict[str, Call] = collections.OrderedDict()
    lock = threading.Lock()

    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        name = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if not name or environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return account(environ, start)
        with lock:
            earlier = calls.get(name)
            if earlier is None:
                call = calls[name] = Call()
                if len(calls) > REMEMBERED:
                    calls.popitem(last=False)
        if earlier is not None:
            earlier.done.wait(PATIENCE_SECONDS)
            if earlier.answer is None:
                return account(environ, start)
            start(earlier.answer.status, list(earlier.answer.headers))
            return [earlier.answer.content]
        try:
            given = _ask(account, environ)
            if given.status < "500" and len(given.content) <= LARGEST_BYTES:
                call.answer = given
        finally:
            call.done.set()
        start(given.status, list(given.headers))
        return [given.content]

    return answer


def _ask(account: Application, environ: dict[str, Any]) -> Answer:
    said: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], problem: Any = None) -> None:
        said.append((status, headers))

    parts = account(environ, start)
    try:
        content = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()
    return Answer(*said[-1], content)
