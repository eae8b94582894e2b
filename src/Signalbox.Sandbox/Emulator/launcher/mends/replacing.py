"""How a mend takes the place of a method: loudly, so that a moto without that method fails at the start."""
import functools
from typing import Any, Callable

Replacement = Callable[..., Any]


def instead_of(owner: type, name: str) -> Callable[[Replacement], Replacement]:
    """The replacement gets the original method first, then what the original would get."""
    original = getattr(owner, name)

    def install(replacement: Replacement) -> Replacement:
        @functools.wraps(original)
        def method(self: Any, *arguments: Any, **named: Any) -> Any:
            return replacement(original, self, *arguments, **named)

        setattr(owner, name, method)
        return replacement

    return install


def added_to(owner: type) -> Callable[[Replacement], Replacement]:
    """Adds an action that moto lacks; refuses to hide one that a later moto may bring."""

    def install(method: Replacement) -> Replacement:
        if hasattr(owner, method.__name__):
            raise AttributeError(f"{owner.__name__}.{method.__name__} exists: the mend is no longer needed")
        setattr(owner, method.__name__, method)
        return method

    return install
